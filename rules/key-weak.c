#include "check/decode.h"
#include "rules/rule.h"

enum {
	SECRET_BITS_MIN = 112,	 /* NIST SP 800-131A */
	TRUNCATED_BITS_MIN = 80, /* RFC 8945, section 5.2.2.1 */
};

/* What is wrong with an algorithm, or NULL. */
static const char *
fault_of(struct slice algorithm)
{
	struct slice bits = algorithm;
	unsigned long long number;

	if (slice_equal_nocase(slice_sub(algorithm, 0, 8),
			       SLICE_LITERAL("hmac-md5")))
		return "must not be used any more";
	if (slice_equal_nocase(slice_sub(algorithm, 0, 9),
			       SLICE_LITERAL("hmac-sha1")))
		return "is not recommended any more";
	slice_split(&bits, '-'); /* hmac- */
	slice_split(&bits, '-'); /* sha256- */
	if (slice_to_uint(bits, UINT16_MAX, &number) &&
	    number < TRUNCATED_BITS_MIN)
		return "is cut so short that it can be guessed";
	return NULL;
}

static void
check_key(struct rule_context *cx, const struct node *key)
{
	const struct node *body = node_block(key);
	const struct node *algorithm =
		node_term(node_find(body, "algorithm"), 1);
	const struct node *secret = node_term(node_find(body, "secret"), 1);
	const char *fault = fault_of(node_text(algorithm));
	struct slice name = node_text(node_term(key, 1));
	struct diag *d = NULL;
	size_t bytes;

	if (fault != NULL)
		d = rule_report(cx, algorithm->span,
				"'%.*s', the algorithm of key '%.*s', %s",
				SLICE(node_text(algorithm)), SLICE(name),
				fault);
	else if (decode_base64(node_text(secret), &bytes) &&
		 bytes * 8 < SECRET_BITS_MIN)
		d = rule_report(cx, node_term(key, 1)->span,
				"the secret of key '%.*s' has %zu bits: it can "
				"be guessed",
				SLICE(name), bytes * 8);
	if (d != NULL)
		diag_help(cx->diags, d,
			  "make a new key for all who hold this one: "
			  "'tsig-keygen -a hmac-sha256 NAME'");
}

static void
check(struct rule_context *cx)
{
	CONFIG_EACH(key, cx->config, "key")
		check_key(cx, key);
	CONFIG_EACH(view, cx->config, "view")
		NODE_EACH(key, node_block(view), "key")
			check_key(cx, key);
}

const struct rule rule_key_weak = {
	.id = "key-weak",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "a key with an old algorithm or a short secret",
	.explain =
		"Keys say who may transfer, update and control. HMAC-MD5 must "
		"not be used with them and HMAC-SHA1 is not recommended; a "
		"secret of less than 112 bits can be found by trying. "
		"HMAC-SHA256 is what all servers have in common.",
	.source = "RFC 8945, section 6; NIST SP 800-131A; DISA STIG V-207567",
	.bad = "key k { algorithm hmac-md5;\n"
	       "\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };",
	.good = "key k { algorithm hmac-sha256;\n"
		"\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };",
	.check = check,
};
