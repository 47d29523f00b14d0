/** Texts of citizens that could break a page. */
export const hostileTexts = {
  "4,000 characters without a space": "ب".repeat(4_000),
  markup: "<script>document.title='x'</script><img src=x onerror=alert(1)> <b>درشت</b> {{7*7}}",
  "bidi controls": "\u202eوارونه \u2067تو در تو \u2066بی‌پایان abc 123",
};
