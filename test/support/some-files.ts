const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A small file of each type that may be sent along, by its content type; real as far as its first bytes go. */
export const someFiles = {
  "image/jpeg": latin("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 picture"),
  "image/png": latin("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR picture"),
  "image/webp": latin("RIFF\x24\x00\x00\x00WEBPVP8 picture"),
  "application/pdf": latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3 page"),
  "audio/mpeg": latin("\xff\xfb\x90\x64\x00\x00\x00\x00\x00\x00\x00\x00 sound"),
  "audio/mp4": latin("\x00\x00\x00\x1cftypM4A \x00\x00\x02\x00 sound"),
  "video/mp4": latin("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00 film"),
};
