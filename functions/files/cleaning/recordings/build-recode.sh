#!/usr/bin/env bash
# Builds recode.wasm: recode.c with FFmpeg and OpenH264. Run it with a new folder, in which these two sources lie:
# https://deb.debian.org/debian/pool/main/f/ffmpeg/ffmpeg_7.1.5.orig.tar.xz
# https://deb.debian.org/debian/pool/main/o/openh264/openh264_2.6.0+dfsg.orig.tar.xz
# Needs Debian 13's packages emscripten (3.1.69), make, pkg-config and xz-utils. Takes four minutes on two cores. The same sources
# give the same bytes in any folder. Both licences allow it: FFmpeg's LGPL 2.1 (nothing of its GPL parts is built in) and BSD.
set -euo pipefail
source=$(cd "$(dirname "$0")" && pwd)
cd "${1:?Give the folder in which the two sources lie}"
work=$PWD
sha256sum --check --quiet <<'SUMS'
de668509caf9e35e3cd162473441fdb29538c6d96ed080292b3cf9e6fc5d558f  ffmpeg_7.1.5.orig.tar.xz
52fc65775e03abe70f3f453c3c57fa7b31c71fe240de84da53d75f2ddc7dd519  openh264_2.6.0+dfsg.orig.tar.xz
SUMS
tar xf ffmpeg_7.1.5.orig.tar.xz
tar xf openh264_2.6.0+dfsg.orig.tar.xz
flags="-O3 -msimd128 -ffile-prefix-map=$work=."

openh264=(make -C openh264-2.6.0 "-j$(nproc)" OS=linux ARCH=wasm USE_ASM=No CC=emcc CXX=em++ AR=emar "CFLAGS_OPT=$flags" "PREFIX=$work/libraries")
"${openh264[@]}" libopenh264.a
"${openh264[@]}" install-static
# Emscripten links its own C++ library.
sed -i 's/^Libs: .*/Libs: -L${libdir} -lopenh264/' libraries/lib/pkgconfig/openh264.pc

(
  cd ffmpeg-7.1.5
  PKG_CONFIG_PATH=$work/libraries/lib/pkgconfig ./configure "--prefix=$work/libraries" \
    --cc=emcc --cxx=em++ --ar=emar --ranlib=emranlib --nm=emnm --pkg-config=pkg-config --pkg-config-flags=--static \
    --enable-cross-compile --target-os=none --arch=wasm --disable-asm --disable-pthreads --disable-runtime-cpudetect \
    --disable-autodetect --disable-everything --disable-network --disable-programs --disable-doc --disable-debug \
    --disable-stripping --disable-avdevice --disable-avfilter --disable-postproc --extra-cflags="$flags" \
    --enable-demuxer=mov,mp3,ogg,matroska \
    --enable-decoder=h263,h264,hevc,mjpeg,mpeg4,vp8,vp9 \
    --enable-decoder=aac,alac,amrnb,amrwb,flac,mp2float,mp3float,opus,vorbis,pcm_alaw,pcm_f32be,pcm_f32le,pcm_mulaw,pcm_s16be,pcm_s16le,pcm_s24be,pcm_s24le,pcm_s8,pcm_u8 \
    --enable-parser=aac,flac,h263,h264,hevc,mjpeg,mpeg4video,mpegaudio,opus,vorbis,vp8,vp9 \
    --enable-libopenh264 --enable-encoder=aac,libopenh264 --enable-muxer=mp4
  make "-j$(nproc)" install
)

emcc "$source/recode.c" -O3 -msimd128 -Wall "-I$work/libraries/include" "-L$work/libraries/lib" \
  -lavformat -lavcodec -lswscale -lswresample -lavutil -lopenh264 -lc++ -lc++abi -lm \
  -sSTANDALONE_WASM --no-entry -sINITIAL_MEMORY=32MB -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=1GB -sSTACK_SIZE=1MB \
  -sEXPORTED_FUNCTIONS=_malloc -o "$source/recode.wasm"
cd "$source"
# A change of recode.c, hearing.h, tone.h or this script changes the program and so this sum.
sha256sum --check <<'SUM'
bed07f93436cee69fa0ee166fe1a1949d5ec41fe1852001525f67b6e0bb0a7e2  recode.wasm
SUM
