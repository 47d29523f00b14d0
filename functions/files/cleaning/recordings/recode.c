/*
 * Makes a recording anew: decodes what a player shows and plays, and encodes that as an MP4 with at most one film (H.264) and
 * one sound (AAC). Nothing else of the file reaches the copy. Compiled to recode.wasm by build-recode.sh, with FFmpeg and OpenH264.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <emscripten.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

#include "hearing.h"
#include "tone.h"

/* What `recode` returns. clean-recording.ts has the same list. */
enum { OK, UNREADABLE, TOO_COMPLEX, LOCKED, UNKNOWN_CODEC, HIDDEN };

enum {
  MOST_SECONDS = 7200,
  MOST_STREAMS = 16,
  MOST_PACKETS = 500000,
  /* Pixels of one picture: a phone's film in 8K. */
  MOST_PIXELS = 7680 * 4320,
  /* The copy's longer and shorter side. */
  LONG_SIDE = 1280,
  SHORT_SIDE = 720,
  /* The encoder's shortest side. */
  SHORTEST_SIDE = 16,
  PICTURES_A_SECOND = 30,
  TICKS_A_SECOND = 90000,
  TICKS_A_PICTURE = TICKS_A_SECOND / PICTURES_A_SECOND,
  SAMPLES_A_PACKET = 1024,
};
/* Pixels of all decoded and all encoded pictures together: at 1080p, about a minute. */
static const int64_t MOST_PIXELS_IN_ALL = 6500LL * 1000 * 1000;

/* Bytes in memory that FFmpeg reads or writes as a file. */
typedef struct {
  uint8_t *bytes;
  int64_t length, capacity, at;
} Memory;

/* One film or sound of the file, and its copy. `stream` is NULL where the file has none. */
typedef struct {
  AVStream *stream;
  AVCodecContext *decoder, *encoder;
  AVStream *made;
  /* Its coded bytes and packets, and the seconds that it lasts. */
  int64_t bytes;
  double seconds;
  int packets, broken, frames;
  struct SwsContext *scaler;
  struct SwrContext *resampler;
  AVAudioFifo *waiting;
  /* Samples that are encoded. */
  int64_t written;
  HighPass highPass[2];
  int width, height;
  Tone *tone;
  enum AVColorSpace space;
  /* The picture that is encoded when the time of the next one is known, and its own time in ticks. */
  AVFrame *held;
  int64_t heldFrom;
} Track;

static Memory input, output;
static AVFormatContext *reader, *writer;
static AVPacket *packet;
static AVFrame *frame;
static Track film, sound;
static int64_t pixels, beginning;

static int readBytes(void *from, uint8_t *to, int most) {
  Memory *memory = from;
  int64_t left = memory->length - memory->at;
  int64_t count = left < most ? left : most;
  if (count <= 0) return AVERROR_EOF;
  memcpy(to, memory->bytes + memory->at, count);
  memory->at += count;
  return count;
}

static int writeBytes(void *to, const uint8_t *from, int count) {
  Memory *memory = to;
  int64_t end = memory->at + count;
  if (end > memory->capacity) {
    uint8_t *larger = realloc(memory->bytes, end * 3 / 2);
    if (!larger) return AVERROR(ENOMEM);
    memory->bytes = larger;
    memory->capacity = end * 3 / 2;
  }
  memcpy(memory->bytes + memory->at, from, count);
  memory->at = end;
  if (end > memory->length) memory->length = end;
  return count;
}

static int64_t seekTo(void *in, int64_t offset, int whence) {
  Memory *memory = in;
  if (whence == AVSEEK_SIZE) return memory->length;
  int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? memory->at : memory->length;
  if (from + offset < 0) return AVERROR(EINVAL);
  return memory->at = from + offset;
}

static AVIOContext *fileOf(Memory *memory, int isWritten) {
  enum { BUFFER = 64 * 1024 };
  return avio_alloc_context(av_malloc(BUFFER), BUFFER, isWritten, memory, readBytes, isWritten ? writeBytes : NULL, seekTo);
}

/* The reason of an error of FFmpeg. */
static int reasonOf(int error) {
  return error == AVERROR(ENOMEM) ? TOO_COMPLEX : UNREADABLE;
}

static int isEncrypted(const AVStream *stream) {
  const AVCodecParameters *has = stream->codecpar;
  return has->codec_tag == MKTAG('e', 'n', 'c', 'v') || has->codec_tag == MKTAG('e', 'n', 'c', 'a') ||
         av_dict_get(stream->metadata, "enc_key_id", NULL, 0) ||
         av_packet_side_data_get(has->coded_side_data, has->nb_coded_side_data, AV_PKT_DATA_ENCRYPTION_INIT_INFO);
}

/* Whether a film is one JPEG: cameras put a small picture for lists beside the film itself. */
static int isThumbnail(const AVStream *stream) {
  return stream->codecpar->codec_id == AV_CODEC_ID_MJPEG && stream->nb_frames == 1;
}

/*
 * Finds the one film or sound that players play. A second one is refused: players choose differently. One in an unknown format
 * beside one that is known stays out: an iPhone stores its sound in a format of its own too.
 */
static int chooseTrack(Track *track, enum AVMediaType type) {
  int unknown = 0, isOtherOn = 0;
  for (unsigned n = 0; n < reader->nb_streams; n++) {
    AVStream *stream = reader->streams[n];
    if (stream->codecpar->codec_type != type || stream->disposition & AV_DISPOSITION_ATTACHED_PIC || isThumbnail(stream)) continue;
    if (isEncrypted(stream)) return LOCKED;
    if (!avcodec_find_decoder(stream->codecpar->codec_id)) {
      unknown++;
      isOtherOn |= stream->disposition & AV_DISPOSITION_DEFAULT;
    } else if (track->stream) {
      return HIDDEN;
    } else {
      track->stream = stream;
    }
  }
  if (!track->stream) return unknown ? UNKNOWN_CODEC : OK;
  /* In an MP4 each track that is on has this mark; FFmpeg gives it to no track that is off. */
  int isOff = !strcmp(reader->iformat->name, "mov,mp4,m4a,3gp,3g2,mj2") && !(track->stream->disposition & AV_DISPOSITION_DEFAULT);
  return isOff && !isOtherOn ? HIDDEN : OK;
}

static int openDecoder(Track *track) {
  const AVCodec *codec = avcodec_find_decoder(track->stream->codecpar->codec_id);
  track->decoder = avcodec_alloc_context3(codec);
  if (!track->decoder) return TOO_COMPLEX;
  int error = avcodec_parameters_to_context(track->decoder, track->stream->codecpar);
  if (error < 0) return reasonOf(error);
  track->decoder->pkt_timebase = track->stream->time_base;
  track->decoder->max_pixels = MOST_PIXELS;
  track->decoder->thread_count = 1;
  error = avcodec_open2(track->decoder, codec, NULL);
  return error < 0 ? reasonOf(error) : OK;
}

static int openEncoder(Track *track) {
  AVCodecContext *encoder = track->encoder;
  /* No name of a program in the coded sound and picture. */
  encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
  encoder->thread_count = 1;
  int error = avcodec_open2(encoder, NULL, NULL);
  if (error < 0) return reasonOf(error);
  track->made = avformat_new_stream(writer, NULL);
  if (!track->made) return TOO_COMPLEX;
  track->made->time_base = encoder->time_base;
  return avcodec_parameters_from_context(track->made->codecpar, encoder) < 0 ? TOO_COMPLEX : OK;
}

/* Bits a second: enough, and not much more than the track has, in steps: unseen bytes of a file do not change its copy. */
static int64_t bitRate(const Track *track, int64_t enough, int64_t step) {
  int64_t has = 8 * track->bytes / track->seconds;
  return has < enough ? FFMIN((has / step + 2) * step, enough) : enough;
}

/* Ticks or samples since the recording's beginning, or -1 for a frame that has no time. */
static int64_t timeOf(const Track *track, const AVFrame *of, int a_second) {
  if (of->best_effort_timestamp == AV_NOPTS_VALUE) return -1;
  int64_t microseconds = av_rescale_q(of->best_effort_timestamp, track->stream->time_base, AV_TIME_BASE_Q) - beginning;
  return av_rescale(microseconds < 0 ? 0 : microseconds, a_second, AV_TIME_BASE);
}

/* Sends a frame, or NULL for the end, to the encoder, and writes what it makes. `duration`: of a picture, in ticks. */
static int encode(Track *track, AVFrame *made, int64_t duration) {
  int error = avcodec_send_frame(track->encoder, made);
  while (error >= 0) {
    error = avcodec_receive_packet(track->encoder, packet);
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return OK;
    if (error < 0) break;
    packet->stream_index = track->made->index;
    if (duration) packet->duration = duration;
    av_packet_rescale_ts(packet, track->encoder->time_base, track->made->time_base);
    error = av_interleaved_write_frame(writer, packet);
  }
  return reasonOf(error);
}

/* ---- Sound ---- */

static const int rates[] = {48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000};

static int prepareSound(void) {
  const AVCodecParameters *from = sound.stream->codecpar;
  AVCodecContext *encoder = sound.encoder = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_AAC));
  if (!encoder) return TOO_COMPLEX;
  if (from->sample_rate < 1 || from->ch_layout.nb_channels < 1) return UNREADABLE;
  /* The lowest of AAC's rates that loses nothing, or the highest. */
  encoder->sample_rate = rates[0];
  for (size_t n = 0; n < sizeof rates / sizeof *rates; n++)
    if (rates[n] >= from->sample_rate) encoder->sample_rate = rates[n];
  encoder->sample_fmt = AV_SAMPLE_FMT_FLTP;
  int channels = from->ch_layout.nb_channels > 1 ? 2 : 1;
  av_channel_layout_default(&encoder->ch_layout, channels);
  encoder->bit_rate = bitRate(&sound, channels * (encoder->sample_rate > 24000 ? 64000 : 40000), 16000);
  encoder->cutoff = HIGHEST_TONE;
  for (int channel = 0; channel < channels; channel++) sound.highPass[channel] = newHighPass(encoder->sample_rate);
  encoder->time_base = (AVRational){1, encoder->sample_rate};
  av_opt_set(encoder->priv_data, "aac_coder", "fast", 0);
  sound.waiting = av_audio_fifo_alloc(AV_SAMPLE_FMT_FLTP, channels, SAMPLES_A_PACKET);
  return sound.waiting ? openEncoder(&sound) : TOO_COMPLEX;
}

static AVFrame *newSound(int samples) {
  AVFrame *made = av_frame_alloc();
  if (!made) return NULL;
  made->format = AV_SAMPLE_FMT_FLTP;
  made->nb_samples = samples;
  made->sample_rate = sound.encoder->sample_rate;
  if (av_channel_layout_copy(&made->ch_layout, &sound.encoder->ch_layout) < 0 || av_frame_get_buffer(made, 0) < 0)
    av_frame_free(&made);
  return made;
}

/* Encodes the waiting samples in whole packets, but for those that the filter of later ones needs; with `isEnd`, also the rest. */
static int encodeWaiting(int isEnd) {
  int needed = SAMPLES_A_PACKET + sound.encoder->sample_rate / MEMORY;
  for (;;) {
    int waiting = av_audio_fifo_size(sound.waiting);
    if (waiting == 0 || (waiting < needed && !isEnd)) return OK;
    int count = FFMIN(waiting, needed);
    AVFrame *made = newSound(count);
    if (!made) return TOO_COMPLEX;
    av_audio_fifo_peek(sound.waiting, (void **)made->extended_data, count);
    for (int channel = 0; channel < made->ch_layout.nb_channels; channel++)
      removeLowestBackwards(sound.highPass[channel], (float *)made->extended_data[channel], count);
    made->nb_samples = FFMIN(waiting, SAMPLES_A_PACKET);
    av_audio_fifo_drain(sound.waiting, made->nb_samples);
    made->pts = sound.written;
    sound.written += made->nb_samples;
    int reason = sound.written / made->sample_rate > MOST_SECONDS ? TOO_COMPLEX : encode(&sound, made, 0);
    av_frame_free(&made);
    if (reason) return reason;
  }
}

/* Fills a pause of the recording with silence, so that later sound keeps its time. Sound that overlaps is played one after the other. */
static int addSilence(int64_t until) {
  int64_t missing = until - sound.written - av_audio_fifo_size(sound.waiting);
  if (missing < sound.encoder->sample_rate / 10) return OK;
  if (until / sound.encoder->sample_rate > MOST_SECONDS) return TOO_COMPLEX;
  while (missing > 0) {
    AVFrame *silence = newSound(missing < SAMPLES_A_PACKET ? missing : SAMPLES_A_PACKET);
    if (!silence) return TOO_COMPLEX;
    av_samples_set_silence(silence->extended_data, 0, silence->nb_samples, silence->ch_layout.nb_channels, AV_SAMPLE_FMT_FLTP);
    missing -= silence->nb_samples;
    int isAdded = av_audio_fifo_write(sound.waiting, (void **)silence->extended_data, silence->nb_samples) >= 0;
    av_frame_free(&silence);
    int reason = isAdded ? encodeWaiting(0) : TOO_COMPLEX;
    if (reason) return reason;
  }
  return OK;
}

/*
 * A resampler for sound like this frame's. It is made anew where the recording changes its rate or channels. Where an MP3 does so,
 * some players stop and others go on.
 */
static int prepareResampler(void) {
  static AVChannelLayout layout;
  static int rate, format;
  if (sound.resampler && rate == frame->sample_rate && format == frame->format && !av_channel_layout_compare(&layout, &frame->ch_layout))
    return OK;
  if (sound.resampler && !strcmp(reader->iformat->name, "mp3")) return HIDDEN;
  swr_free(&sound.resampler);
  AVChannelLayout from = frame->ch_layout;
  if (from.order != AV_CHANNEL_ORDER_NATIVE) av_channel_layout_default(&from, frame->ch_layout.nb_channels);
  const AVCodecContext *to = sound.encoder;
  int error = swr_alloc_set_opts2(&sound.resampler, &to->ch_layout, to->sample_fmt, to->sample_rate, &from, frame->format, frame->sample_rate, 0, NULL);
  if (error >= 0) error = swr_init(sound.resampler);
  if (error < 0) return reasonOf(error);
  rate = frame->sample_rate;
  format = frame->format;
  return av_channel_layout_copy(&layout, &frame->ch_layout) < 0 ? TOO_COMPLEX : OK;
}

/* Resamples the frame's samples; with `isEnd`, those that the resampler still holds. */
static int resample(int isEnd) {
  int most = swr_get_out_samples(sound.resampler, isEnd ? 0 : frame->nb_samples);
  if (most <= 0) return OK;
  AVFrame *made = newSound(most);
  if (!made) return TOO_COMPLEX;
  int count = swr_convert(sound.resampler, made->extended_data, most, isEnd ? NULL : (const uint8_t **)frame->extended_data, isEnd ? 0 : frame->nb_samples);
  for (int channel = 0; channel < made->ch_layout.nb_channels; channel++)
    removeLowest(&sound.highPass[channel], (float *)made->extended_data[channel], count);
  int isAdded = count >= 0 && av_audio_fifo_write(sound.waiting, (void **)made->extended_data, count) >= 0;
  av_frame_free(&made);
  return isAdded ? encodeWaiting(isEnd) : UNREADABLE;
}

static int addSound(void) {
  int reason = prepareResampler();
  if (!reason) reason = addSilence(timeOf(&sound, frame, sound.encoder->sample_rate));
  return reason ? reason : resample(0);
}

/* ---- Film ---- */

/* Whether the container says that players do not show all: how many pixels they cut off at the top, bottom, left and right. */
static int cutEdges(uint32_t edges[4]) {
  const AVCodecParameters *has = film.stream->codecpar;
  const AVPacketSideData *window = av_packet_side_data_get(has->coded_side_data, has->nb_coded_side_data, AV_PKT_DATA_FRAME_CROPPING);
  if (!window || window->size < 4 * sizeof *edges) return 0;
  memcpy(edges, window->data, 4 * sizeof *edges);
  return 1;
}

/* Cuts the frame as players do. The decoder has cut what the film itself says. */
static int crop(void) {
  uint32_t edges[4];
  if (!cutEdges(edges)) return OK;
  frame->crop_top += edges[0];
  frame->crop_bottom += edges[1];
  frame->crop_left += edges[2];
  frame->crop_right += edges[3];
  return av_frame_apply_cropping(frame, AV_FRAME_CROP_UNALIGNED) < 0 ? UNREADABLE : OK;
}

/* Of the camera's orientation, quarter turns and mirroring are kept. */
static int keepOrientation(void) {
  const AVCodecParameters *has = film.stream->codecpar;
  const AVPacketSideData *data = av_packet_side_data_get(has->coded_side_data, has->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  if (!data || data->size < 36) return OK;
  int32_t matrix[9];
  memcpy(matrix, data->data, sizeof matrix);
  int isMirrored = (int64_t)matrix[0] * matrix[4] - (int64_t)matrix[1] * matrix[3] < 0;
  if (isMirrored) av_display_matrix_flip(matrix, 1, 0);
  double turn = av_display_rotation_get(matrix);
  if (turn != turn) return UNREADABLE;
  int32_t plain[9];
  av_display_rotation_set(plain, -90.0 * (int)(turn / 90 + (turn < 0 ? -0.5 : 0.5)));
  if (isMirrored) av_display_matrix_flip(plain, 1, 0);
  AVCodecParameters *made = film.made->codecpar;
  AVPacketSideData *copy = av_packet_side_data_new(&made->coded_side_data, &made->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX, sizeof plain, 0);
  if (!copy) return TOO_COMPLEX;
  memcpy(copy->data, plain, sizeof plain);
  return OK;
}

/* The size of the copy: square pixels, at most 1280 by 720 or upright, both even. */
static int chooseSize(void) {
  const AVCodecParameters *has = film.stream->codecpar;
  AVRational aspect = av_guess_sample_aspect_ratio(reader, film.stream, NULL);
  double stretch = aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1;
  int64_t shownWidth = has->width, shownHeight = has->height;
  uint32_t edges[4];
  if (cutEdges(edges)) {
    shownHeight -= (int64_t)edges[0] + edges[1];
    shownWidth -= (int64_t)edges[2] + edges[3];
  }
  double width = shownWidth * (stretch > 1 ? stretch : 1), height = shownHeight / (stretch < 1 ? stretch : 1);
  double longer = width > height ? width : height, shorter = width > height ? height : width;
  double scale = 1;
  if (longer > LONG_SIDE) scale = LONG_SIDE / longer;
  if (shorter * scale > SHORT_SIDE) scale = SHORT_SIDE / shorter;
  film.width = FFMAX(SHORTEST_SIDE, (int)(width * scale / 2 + 0.5) * 2);
  film.height = FFMAX(SHORTEST_SIDE, (int)(height * scale / 2 + 0.5) * 2);
  return width > 0 && height > 0 && stretch > 0.1 && stretch < 10 ? OK : UNREADABLE;
}

/* How a film stores its colours; one that does not say so is taken as players take it. FFmpeg's scaler has the same numbers. */
static enum AVColorSpace spaceOf(enum AVColorSpace space, int height) {
  if (space != AVCOL_SPC_UNSPECIFIED) return space;
  return height < 720 ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709;
}

static int prepareFilm(void) {
  AVCodecContext *encoder = film.encoder = avcodec_alloc_context3(avcodec_find_encoder_by_name("libopenh264"));
  if (!encoder) return TOO_COMPLEX;
  /* The colours of a smaller film are not converted, since its white would not be quite the same. */
  film.space = spaceOf(film.stream->codecpar->color_space, film.stream->codecpar->height);
  if (film.space != AVCOL_SPC_SMPTE170M && film.space != AVCOL_SPC_BT470BG) film.space = AVCOL_SPC_BT709;
  encoder->width = film.width;
  encoder->height = film.height;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->time_base = (AVRational){1, TICKS_A_SECOND};
  encoder->framerate = (AVRational){PICTURES_A_SECOND, 1};
  encoder->gop_size = 2 * PICTURES_A_SECOND;
  encoder->bit_rate = bitRate(&film, 300000 + 2700000LL * film.width * film.height / (LONG_SIDE * SHORT_SIDE), 100000);
  encoder->color_primaries = AVCOL_PRI_BT709;
  encoder->color_trc = AVCOL_TRC_BT709;
  encoder->colorspace = film.space;
  encoder->color_range = AVCOL_RANGE_MPEG;
  encoder->sample_aspect_ratio = (AVRational){1, 1};
  av_opt_set_int(encoder->priv_data, "allow_skip_frames", 0, 0);
  int reason = openEncoder(&film);
  return reason ? reason : keepOrientation();
}

/* Scales the held picture, in the copy's colours. Returns NULL without memory, or for pixels that cannot be read. */
static AVFrame *scaled(enum AVPixelFormat format) {
  const AVFrame *held = film.held;
  film.scaler = sws_getCachedContext(film.scaler, held->width, held->height, held->format, film.width, film.height, format, SWS_BILINEAR | SWS_ACCURATE_RND, NULL, NULL, NULL);
  AVFrame *made = av_frame_alloc();
  if (!film.scaler || !made) return NULL;
  const int *from = sws_getCoefficients(spaceOf(held->colorspace, held->height));
  sws_setColorspaceDetails(film.scaler, from, held->color_range == AVCOL_RANGE_JPEG, sws_getCoefficients(film.space), 0, 0, 1 << 16, 1 << 16);
  made->format = format;
  made->width = film.width;
  made->height = film.height;
  if (av_frame_get_buffer(made, 0) < 0 || sws_scale(film.scaler, (const uint8_t *const *)held->data, held->linesize, 0, held->height, made->data, made->linesize) < 0)
    av_frame_free(&made);
  return made;
}

/* A picture with a wide range of brightness (HDR) as an ordinary screen shows it. */
static AVFrame *mapped(void) {
  enum ToneCurve curve = film.held->color_trc == AVCOL_TRC_SMPTE2084 ? PQ : HLG;
  if (!film.tone) film.tone = newTone(curve);
  AVFrame *wide = film.tone ? scaled(AV_PIX_FMT_RGB48LE) : NULL;
  if (!wide) return NULL;
  for (int y = 0; y < wide->height; y++) mapTones(film.tone, (uint16_t *)(wide->data[0] + y * wide->linesize[0]), wide->width);
  AVFrame *made = av_frame_alloc();
  struct SwsContext *narrow = sws_getContext(wide->width, wide->height, AV_PIX_FMT_RGB48LE, wide->width, wide->height, AV_PIX_FMT_YUV420P, SWS_BILINEAR, NULL, NULL, NULL);
  if (made && narrow) {
    sws_setColorspaceDetails(narrow, sws_getCoefficients(SWS_CS_ITU709), 1, sws_getCoefficients(film.space), 0, 0, 1 << 16, 1 << 16);
    made->format = AV_PIX_FMT_YUV420P;
    made->width = wide->width;
    made->height = wide->height;
    if (av_frame_get_buffer(made, 0) < 0 || sws_scale(narrow, (const uint8_t *const *)wide->data, wide->linesize, 0, wide->height, made->data, made->linesize) < 0)
      av_frame_free(&made);
  }
  sws_freeContext(narrow);
  av_frame_free(&wide);
  return made;
}

/* Keeps brightness and colours within the range that screens show. What lies beyond is seen by nobody. */
static void clip(AVFrame *made) {
  for (int plane = 0; plane < 3; plane++) {
    int width = plane ? made->width / 2 : made->width, height = plane ? made->height / 2 : made->height, most = plane ? 240 : 235;
    for (int y = 0; y < height; y++) {
      uint8_t *row = made->data[plane] + y * made->linesize[plane];
      for (int x = 0; x < width; x++) row[x] = row[x] < 16 ? 16 : row[x] > most ? most : row[x];
    }
  }
}

/* Encodes the held picture. `until`: the time of the next one, in ticks. */
static int encodeHeld(int64_t until) {
  if (!film.held) return OK;
  pixels += (int64_t)film.width * film.height;
  if (pixels > MOST_PIXELS_IN_ALL) return TOO_COMPLEX;
  int isWide = film.held->color_trc == AVCOL_TRC_SMPTE2084 || film.held->color_trc == AVCOL_TRC_ARIB_STD_B67;
  AVFrame *made = isWide ? mapped() : scaled(AV_PIX_FMT_YUV420P);
  av_frame_free(&film.held);
  if (!made) return TOO_COMPLEX;
  clip(made);
  made->pts = film.heldFrom;
  int reason = encode(&film, made, until - film.heldFrom);
  av_frame_free(&made);
  return reason;
}

/*
 * Takes the frame as the next picture. At most thirty a second are kept: of those that follow each other sooner, the last, since
 * it is the one that stays on the screen.
 */
static int addPicture(void) {
  int reason = crop();
  if (reason) return reason;
  int64_t time = timeOf(&film, frame, TICKS_A_SECOND);
  if (time < 0) time = film.held ? film.heldFrom + TICKS_A_PICTURE : 0;
  if (time / TICKS_A_SECOND > MOST_SECONDS) return TOO_COMPLEX;
  if (film.held && time < film.heldFrom) return OK;
  if (!film.held || time >= film.heldFrom + TICKS_A_PICTURE * 3 / 4) {
    reason = encodeHeld(time);
    if (reason) return reason;
    film.heldFrom = time;
  }
  av_frame_free(&film.held);
  film.held = av_frame_clone(frame);
  return film.held ? OK : TOO_COMPLEX;
}

/* ---- The whole ---- */

/* Adds the frames that the decoder has. A packet that does not decode is counted. */
static int addFrames(Track *track, int error) {
  while (error >= 0) {
    error = avcodec_receive_frame(track->decoder, frame);
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return OK;
    if (error < 0) break;
    track->frames++;
    int reason = track == &film ? addPicture() : addSound();
    av_frame_unref(frame);
    if (reason) return reason;
  }
  if (error == AVERROR(ENOMEM)) return TOO_COMPLEX;
  track->broken++;
  return OK;
}

/* The track of a packet; NULL for one of a stream that stays out. */
static Track *trackOf(const AVPacket *of) {
  if (film.stream && of->stream_index == film.stream->index) return &film;
  return sound.stream && of->stream_index == sound.stream->index ? &sound : NULL;
}

/* The pixels of a decoded picture, before it is cut. */
static int64_t pixelsOf(const Track *track) {
  const AVCodecParameters *has = track->stream->codecpar;
  int64_t declared = (int64_t)has->width * has->height;
  return track->decoder ? FFMAX(declared, (int64_t)track->decoder->coded_width * track->decoder->coded_height) : declared;
}

/* Whether the packet only says that nobody speaks. FFmpeg's decoder does not know such packets of phones. */
static int isPause(const Track *track) {
  enum { SHORTEST_SPEECH = 13 };
  return track->decoder->codec_id == AV_CODEC_ID_AMR_NB && packet->size < SHORTEST_SPEECH;
}

static int addPacket(void) {
  Track *track = trackOf(packet);
  if (!track) return OK;
  /* A second picture that says where the first is seen through. */
  if (av_packet_get_side_data(packet, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, NULL)) return HIDDEN;
  if (track == &film) {
    pixels += pixelsOf(&film);
    if (pixels > MOST_PIXELS_IN_ALL) return TOO_COMPLEX;
  }
  if (isPause(track)) return OK;
  return addFrames(track, avcodec_send_packet(track->decoder, packet));
}

/* How long the last picture is shown, in ticks. */
static int64_t ticksOf(const AVFrame *last) {
  int64_t duration = last ? av_rescale_q(last->duration, film.stream->time_base, film.encoder->time_base) : 0;
  return FFMAX(duration, TICKS_A_PICTURE);
}

/* What is left in decoder, resampler and encoder at the end. Refuses a track of which nothing, or too little, could be decoded. */
static int finish(Track *track) {
  if (!track->stream) return OK;
  int reason = addFrames(track, avcodec_send_packet(track->decoder, NULL));
  if (reason) return reason;
  if (!track->frames || track->broken > 3 + track->packets / 20) return UNREADABLE;
  if (track == &film && (reason = encodeHeld(film.heldFrom + ticksOf(film.held)))) return reason;
  if (track == &sound && (reason = resample(1))) return reason;
  if (track == &sound && (reason = encodeWaiting(1))) return reason;
  return encode(track, NULL, 0);
}

static int openReader(const char *format) {
  input.at = 0;
  reader = avformat_alloc_context();
  if (!reader || !(reader->pb = fileOf(&input, 0))) return TOO_COMPLEX;
  reader->flags |= AVFMT_FLAG_CUSTOM_IO;
  reader->max_streams = MOST_STREAMS;
  AVDictionary *options = NULL;
  /* No other file is opened for a part of this one. */
  av_dict_set(&options, "enable_drefs", "0", 0);
  int error = avformat_open_input(&reader, NULL, av_find_input_format(format), &options);
  av_dict_free(&options);
  if (error >= 0) error = avformat_find_stream_info(reader, NULL);
  if (error < 0) return reasonOf(error);
  int reason = chooseTrack(&film, AVMEDIA_TYPE_VIDEO);
  return reason ? reason : chooseTrack(&sound, AVMEDIA_TYPE_AUDIO);
}

/*
 * Measures film and sound: their bytes, packets and seconds, which decide the bits of the copy. Chooses the copy's size, and refuses a
 * film that has too many pixels before one of them is decoded.
 */
static int measure(void) {
  int packets = 0;
  while (av_read_frame(reader, packet) >= 0) {
    if (packets++ > MOST_PACKETS) return TOO_COMPLEX;
    Track *track = trackOf(packet);
    if (track) {
      track->packets++;
      track->bytes += packet->size;
      double end = packet->pts == AV_NOPTS_VALUE ? 0 : (packet->pts + packet->duration) * av_q2d(track->stream->time_base);
      track->seconds = FFMAX(track->seconds, end);
    }
    av_packet_unref(packet);
  }
  film.seconds = FFMAX(film.seconds, 1);
  sound.seconds = FFMAX(sound.seconds, 1);
  if (!film.stream) return OK;
  int reason = chooseSize();
  double shown = FFMIN(film.packets, film.seconds * PICTURES_A_SECOND) * film.width * film.height;
  return reason ? reason : (double)film.packets * pixelsOf(&film) + shown > MOST_PIXELS_IN_ALL ? TOO_COMPLEX : OK;
}

static int openWriter(void) {
  if (avformat_alloc_output_context2(&writer, NULL, "mp4", NULL) < 0 || !(writer->pb = fileOf(&output, 1))) return TOO_COMPLEX;
  /* No name of a program, no time. */
  writer->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
  int reason = film.stream ? prepareFilm() : OK;
  if (!reason && sound.stream) reason = prepareSound();
  if (reason) return reason;
  return avformat_write_header(writer, NULL) < 0 ? UNREADABLE : OK;
}

/*
 * Makes a recording anew. `bytes` is the file, which this program keeps; `format` the name that FFmpeg has for its container;
 * `isFilm` whether it must have a film. A program makes one recording: nothing is freed.
 */
EMSCRIPTEN_KEEPALIVE int recode(uint8_t *bytes, int length, const char *format, int isFilm) {
  av_log_set_level(AV_LOG_QUIET);
  input = (Memory){.bytes = bytes, .length = length};
  packet = av_packet_alloc();
  frame = av_frame_alloc();
  if (!packet || !frame) return TOO_COMPLEX;
  int reason = openReader(format);
  if (!reason) reason = measure();
  if (reason) return reason;
  film.stream = sound.stream = NULL;
  reason = openReader(format);
  if (reason) return reason;
  if (isFilm ? !film.stream : film.stream || !sound.stream) return UNREADABLE;
  beginning = reader->start_time == AV_NOPTS_VALUE ? 0 : reader->start_time;
  if (film.stream && (reason = openDecoder(&film))) return reason;
  if (sound.stream && (reason = openDecoder(&sound))) return reason;
  if ((reason = openWriter())) return reason;
  int error;
  while ((error = av_read_frame(reader, packet)) >= 0) {
    if ((reason = addPacket())) return reason;
    av_packet_unref(packet);
  }
  if (error != AVERROR_EOF) return reasonOf(error);
  if ((reason = finish(&film)) || (reason = finish(&sound))) return reason;
  return av_write_trailer(writer) < 0 ? TOO_COMPLEX : OK;
}

EMSCRIPTEN_KEEPALIVE uint8_t *copyBytes(void) { return output.bytes; }
EMSCRIPTEN_KEEPALIVE int copyLength(void) { return output.length; }
