/* What nobody hears, but programs do: tones below and above what a grown-up's ear and a phone's loudspeaker have. */
#include <math.h>
#include <string.h>

/* Hertz. The encoder drops higher tones. */
enum { HIGHEST_TONE = 14000, LOWEST_TONE = 40 };
/* A part of a second, after which a filter has forgotten a sample. */
enum { MEMORY = 6 };

/* A filter for one channel: Butterworth's of the fourth order, in two steps of the second. `before`: what each step remembers. */
typedef struct {
  double by[2][5], before[2][2];
} HighPass;

/* The steps' factors, after Robert Bristow-Johnson's cookbook for audio filters. */
static HighPass newHighPass(int rate) {
  const double quality[2] = {0.54119610, 1.30656296};
  HighPass made = {0};
  double angle = 2 * M_PI * LOWEST_TONE / rate;
  for (int n = 0; n < 2; n++) {
    double whole = 1 + sin(angle) / (2 * quality[n]), outer = (1 + cos(angle)) / 2 / whole;
    double by[5] = {outer, -2 * outer, outer, -2 * cos(angle) / whole, (2 - whole) / whole};
    memcpy(made.by[n], by, sizeof by);
  }
  return made;
}

static float filtered(HighPass *filter, double value) {
  for (int n = 0; n < 2; n++) {
    const double *by = filter->by[n];
    double *before = filter->before[n], made = by[0] * value + before[0];
    before[0] = by[1] * value - by[3] * made + before[1];
    before[1] = by[2] * value - by[4] * made;
    value = made;
  }
  return value;
}

/* Weakens the lowest tones of samples that follow those of the last call, and moves the others in time a little. */
static void removeLowest(HighPass *filter, float *samples, int count) {
  for (int at = 0; at < count; at++) samples[at] = filtered(filter, samples[at]);
}

/* Does the same from the last sample to the first: this moves the tones back. The last samples are not right yet. */
static void removeLowestBackwards(HighPass filter, float *samples, int count) {
  memset(filter.before, 0, sizeof filter.before);
  for (int at = count - 1; at >= 0; at--) samples[at] = filtered(&filter, samples[at]);
}
