#include "model/views.h"
#include "rules/rule.h"

static bool
takes_anybody(struct rule_context *cx, const struct view *v, uint32_t key)
{
	return !clients_empty(clients_matched(cx->arena,
					      predict_acls(cx->predict),
					      v->match_clients.list, key,
					      true));
}

/* The first key that opens the view; KEY_NONE: it needs none, or has none. */
static uint32_t
key_needed(struct rule_context *cx, const struct view *v)
{
	const uint32_t *keys;
	size_t n;

	if (v->match_clients.list == NULL || takes_anybody(cx, v, KEY_NONE))
		return KEY_NONE;
	n = acl_keys(predict_acls(cx->predict), v->match_clients.list, &keys);
	for (size_t i = 0; i < n; i++)
		if (view_has_key(cx->model, v, keys[i]) &&
		    takes_anybody(cx, v, keys[i]))
			return keys[i];
	return KEY_NONE;
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;

	for (size_t i = 0; i < views->count; i++) {
		const struct view *v = views->list[i];
		uint32_t key = key_needed(cx, v);

		if (key == KEY_NONE)
			continue;
		struct diag *d = rule_report(
			cx, rule_heading(cx, v->match_clients.origin->span),
			"only signed questions get to view '%s'", v->name);

		diag_help(cx->diags, d,
			  "ask with the key, as in 'dig -k FILE' with the key "
			  "'%s'; transfers need it in their 'primaries' too",
			  cx->model->keys[key]);
	}
}

const struct rule rule_view_key_only = {
	.id = "view-key-only",
	.family = "view",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a view that is chosen by keys alone",
	.explain =
		"A view whose match-clients has keys and no addresses is "
		"chosen by questions that are signed with one of them. "
		"Ordinary clients, monitoring among them, never see it, and a "
		"secondary without the key gets the zones of another view.",
	.source = "BIND 9 ARM, view statement",
	.bad = "key k { algorithm hmac-sha256; secret "
	       "\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
	       "view a { match-clients { key k; }; };\n"
	       "view b { match-clients { any; }; };",
	.good = "key k { algorithm hmac-sha256; secret "
		"\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
		"view a { match-clients { key k; 10.0.0.0/8; }; };\n"
		"view b { match-clients { any; }; };",
	.check = check,
};
