#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tui/cli.h"

static json_t *
text_or_null(const char *s)
{
	return s[0] != '\0' ? json_string(s) : json_null();
}

static json_t *
amount(bool has, const struct num *v)
{
	char buf[NUM_TEXT_MAX];

	if (!has)
		return json_null();
	num_text(v, buf);
	return json_string(buf);
}

static json_t *
row(const struct page *p, const struct page_row *r)
{
	/* Of a set: which transaction, from 1. */
	json_t *part = page_parts(p) > 1 ? json_integer(r->part + 1) : NULL;

	json_t *note = r->note != NULL && r->note[0] != '\0' ?
	    json_string(r->note) : NULL;

	return json_pack("{ss%,ss,so*,so,ss,so,so,ss,so,so*}",
	    "mark", &r->mark, (size_t)1,
	    "kind", fact_name(r->kind),
	    "transaction", part,
	    "amount", amount(r->has_amount, &r->amount),
	    "unit", p->unit,
	    "to", text_or_null(r->to),
	    "path", text_or_null(r->path),
	    "known", known_name(r->known),
	    "how", text_or_null(r->how),
	    "note", note);
}

static json_t *
total(const struct page *p, enum total_kind k)
{
	const struct total *t = p != NULL ? &p->total[k] : NULL;

	return json_pack("{so,ss}", "amount",
	    t != NULL ? amount(t->has, &t->amount) : json_null(),
	    "known", known_name(t != NULL ? t->known : KNOWN_UNKNOWN));
}

static json_t *
finding(const char *code, enum level level, const char *text)
{
	return json_pack("{ss,ss,ss}", "code", code, "level",
	    level_name(level), "text", text);
}

static json_t *
digest(const struct outcome *o)
{
	char text[DIGEST_TEXT];

	if (o->page == NULL)
		return json_null();
	cli_digest(&o->digest, text);
	return json_string(text);
}

/* A file without a page is refused, with one finding that says why. */
static void
no_page(const struct outcome *o, json_t *findings)
{
	char text[FAULT_TEXT_MAX];

	fault_text(&o->fault, o->err, text);
	(void)json_array_append_new(findings,
	    finding(err_code(o->err), LEVEL_REFUSE, text));
}

static json_t *
object(const struct outcome *o, const struct options *opt)
{
	const struct page *p = o->page;
	json_t *rows = json_array(), *findings = json_array();
	size_t i;

	for (i = 0; p != NULL && i < p->nrow; i++)
		(void)json_array_append_new(rows, row(p, &p->row[i]));
	for (i = 0; p != NULL && i < p->nfinding; i++)
		(void)json_array_append_new(findings,
		    finding(p->finding[i].code, p->finding[i].level,
		    p->finding[i].text));
	if (p == NULL)
		no_page(o, findings);
	return json_pack("{ss,so,ss,ss,so,so,s{so,so,so,so},so}",
	    "file", o->file,
	    "job", p != NULL ? json_string(p->job) : json_null(),
	    "network", network_name(opt->network),
	    "verdict", p != NULL ? verdict_name(p->verdict) : "refuse",
	    "digest", digest(o),
	    "rows", rows,
	    "totals", "in", total(p, TOTAL_IN),
	    "change", total(p, TOTAL_CHANGE),
	    "pay", total(p, TOTAL_PAY), "fee", total(p, TOTAL_FEE),
	    "findings", findings);
}

/* What became of it, when it was to be signed. */
static void
add_answers(json_t *j, const struct outcome *o)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < o->nanswer; i++)
		(void)json_array_append_new(list, json_string(o->answer[i]));
	(void)json_object_set_new(j, "answers", list);
	if (o->err != 0 && o->page != NULL)
		(void)json_object_set_new(j, "error", json_pack("{ss,ss,ss}",
		    "while", o->failed, "code", err_code(o->err),
		    "where", o->fault.where));
}

void
cli_json(const struct outcome *o, const struct options *opt)
{
	json_t *j = object(o, opt);

	if (j == NULL) {	/* a file name that is not UTF-8 */
		struct outcome plain = *o;

		plain.file = "(a name that is not UTF-8)";
		if ((j = object(&plain, opt)) == NULL)
			return;
	}
	if (opt->command == CMD_SIGN)
		add_answers(j, o);
	(void)json_dumpf(j, stdout, JSON_COMPACT | JSON_ENSURE_ASCII);
	(void)fputc('\n', stdout);
	json_decref(j);
	(void)fflush(stdout);
}
