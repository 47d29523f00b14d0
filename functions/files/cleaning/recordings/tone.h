/* The brightness of HDR pictures, made that of an ordinary screen. */
#include <math.h>

/* How a picture stores brightness: SMPTE ST 2084, or ITU-R BT.2100's hybrid log-gamma. */
enum ToneCurve { PQ, HLG };

enum { STEPS = 4096 };
/* Brightness, in parts of white (203 cd/m², ITU-R BT.2408), of the brightest light that is told from white. */
static const float PEAK = 1000.0f / 203;

typedef struct {
  /* Light by stored value, and stored value of an ordinary screen by the square root of light. */
  float light[STEPS];
  uint16_t stored[STEPS];
} Tone;

static double lightOf(double value, enum ToneCurve curve) {
  if (curve == PQ) {
    double root = pow(value, 1 / 78.84375);
    double above = root - 0.8359375 > 0 ? root - 0.8359375 : 0;
    return 10000.0 / 203 * pow(above / (18.8515625 - 18.6875 * root), 1 / 0.1593017578125);
  }
  double scene = value <= 0.5 ? value * value / 3 : (exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return PEAK * pow(scene, 1.2);
}

/* Möbius's curve: light up to half of white stays, brighter light is pressed together up to the peak. */
static double pressed(double light) {
  const double knee = 0.5;
  if (light <= knee) return light;
  double a = -knee * knee * (PEAK - 1) / (knee * knee - 2 * knee + PEAK);
  double b = (knee * knee - 2 * knee * PEAK + PEAK) / (PEAK - 1);
  double made = (b * b + 2 * b * knee + knee * knee) / (b - a) * (light + a) / (light + b);
  return made < 1 ? made : 1;
}

static Tone *newTone(enum ToneCurve curve) {
  Tone *tone = malloc(sizeof *tone);
  for (int n = 0; tone && n < STEPS; n++) {
    double part = n / (STEPS - 1.0);
    tone->light[n] = lightOf(part, curve);
    tone->stored[n] = lrint(65535 * pow(pressed(PEAK * part * part), 1 / 2.4));
  }
  return tone;
}

static uint16_t storedOf(const Tone *tone, float light) {
  float part = sqrtf((light < 0 ? 0 : light > PEAK ? PEAK : light) / PEAK);
  return tone->stored[(int)(part * (STEPS - 1) + 0.5f)];
}

/* Maps a row of pixels: three numbers of 16 bits each, from the wide colours of BT.2020 to those of BT.709. */
static void mapTones(const Tone *tone, uint16_t *row, int width) {
  for (uint16_t *pixel = row; pixel < row + 3 * width; pixel += 3) {
    float red = tone->light[pixel[0] >> 4], green = tone->light[pixel[1] >> 4], blue = tone->light[pixel[2] >> 4];
    pixel[0] = storedOf(tone, 1.6605f * red - 0.5876f * green - 0.0728f * blue);
    pixel[1] = storedOf(tone, -0.1246f * red + 1.1329f * green - 0.0083f * blue);
    pixel[2] = storedOf(tone, -0.0182f * red - 0.1006f * green + 1.1187f * blue);
  }
}
