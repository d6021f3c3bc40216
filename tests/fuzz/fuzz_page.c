/* A page, and a plan in it, as a clerk that was taken over might send it: what
 * the front reads must be what it would write, and must draw. */
#include "core/review/page.h"
#include "tests/fuzz/fuzz.h"

#define ARENA ((size_t)32 << 20)

static uint8_t mem[ARENA];

static void
draw(const struct page *page, unsigned width, struct arena *a)
{
	struct page_line *line;
	size_t i, n;
	enum err e = page_lines(page, "file", width, a, &line, &n);

	must(e == 0 || e == ERR_SPACE);
	for (i = 0; e == 0 && i < n; i++) {
		must(line[i].text != NULL);
		must(line[i].row == ROW_NONE || line[i].row < page->nrow);
		must(strchr(line[i].text, '\033') == NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena a = { mem, ARENA, 0 };
	struct sink size = sink_to_count(), s;
	const char *prompt;
	struct page page;
	char word[16];
	uint8_t *again;

	if (page_read(span_of(p, n), &a, &page) != 0)
		return 0;
	page_put(&page, &size);
	must(size.total == n);
	again = arena_new(&a, uint8_t, n);
	if (again == NULL)
		return 0;
	s = sink_to_buf(again, n);
	page_put(&page, &s);
	must(s.err == 0 && s.total == n && memcmp(again, p, n) == 0);
	draw(&page, PAGE_WIDTH, &a);
	draw(&page, 200, &a);
	if (page_agree_word(&page, word) == 0)
		must(strlen(word) > 0);
	if (page_agree_prompt(&page, &a, &prompt) == 0)
		must(prompt != NULL);
	return 0;
}
