#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/cli.h"

#define SHOW_ARENA ((size_t)1 << 30)

static void
show_page(const struct page *page, const char *title, bool base)
{
	struct page shown = *page;
	struct page_line *line;
	struct arena a;
	size_t i, n;

	if (base)
		page_in_base(&shown);
	if (arena_map(&a, SHOW_ARENA) != 0 ||
	    page_lines(&shown, title, PAGE_WIDTH, &a, &line, &n) != 0) {
		fputs("coldseal: no memory to show the page\n", stderr);
		return;
	}
	for (i = 0; i < n; i++)
		puts(line[i].text);
}

static void
show_failure(const struct outcome *o, const char *shown)
{
	char text[FAULT_TEXT_MAX];

	fault_text(&o->fault, o->err, text);
	fprintf(stderr, "coldseal: %s: %s: %s\n", shown, o->failed,
	    strcmp(o->failed, "saving") == 0 ? save_advice(o->err) : text);
}

/* A file's name is foreign text: whoever made the file may have chosen it. */
void
cli_say(const char *file, const char *what)
{
	size_t cap = 4 * strlen(file) + 8;
	char *shown = calloc(1, cap);

	if (shown != NULL && text_escape(span_text(file), shown, cap) == 0)
		fprintf(stderr, "coldseal: %s: %s\n", shown, what);
	free(shown);
}

void
cli_show(const struct outcome *o, const struct options *opt)
{
	const char *slash = strrchr(o->file, '/');
	const char *base = slash != NULL ? slash + 1 : o->file;
	size_t i, cap = 4 * strlen(o->file) + 8;
	char *shown = calloc(1, cap), digest[DIGEST_TEXT];

	if (shown == NULL)
		return;
	if (o->page != NULL && text_escape(span_text(base), shown, cap) == 0) {
		show_page(o->page, shown, opt->base);
		if (o->registered && o->number > 0)
			printf(" registered: it is number %u of the vault\n",
			    o->number);
		else if (o->registered)
			puts(" registered: the vault had it already");
		else if (o->nanswer == 0 &&
		    o->page->verdict != VERDICT_REFUSE) {
			cli_digest(&o->digest, digest);
			printf(" --agree %s\n", digest);
		}
	}
	for (i = 0; i < o->nanswer; i++)
		printf(" written: %s\n", o->answer[i]);
	fflush(stdout);
	if (o->err != 0 && text_escape(span_text(o->file), shown, cap) == 0)
		show_failure(o, shown);
	free(shown);
}

/* Every code that a finding can have; of rules that are the same for every
 * chain, what is behind the chain. */
int
cli_codes(void)
{
	char text[FAULT_TEXT_MAX], code[CODE_MAX];
	struct code_help h;
	size_t i;

	for (i = 0; code_help(i, &h); i++) {
		code_sentence(&h, text);
		code_whole(&h, code);
		printf("%-24s %-6s %s\n", code, level_name(h.level), text);
	}
	return EXIT_DONE;
}
