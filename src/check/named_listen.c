/* Listeners, and the tls and http statements that they refer to. */
#include "check/named.h"

static void
check_listener_http(struct named_check *nc, const struct node *http,
		    bool has_tls)
{
	struct slice name = node_text(http);

	if (!has_tls) {
		struct diag *d = named_report(
			nc, RULE_MISSING_VALUE, http,
			"a listener with 'http' must say 'tls' too");

		diag_help(nc->diags, d,
			  "add the name of a tls statement, 'tls ephemeral' "
			  "or 'tls none'");
	}
	if (strmap_get(nc->http, name) == NULL &&
	    !slice_is_nocase(name, "default"))
		named_suggest(nc,
			      named_report(nc, RULE_UNDEFINED_REFERENCE, http,
					   "there is no http statement " QUOTED,
					   SLICE(name)),
			      nc->http, http);
}

static void
check_listener_proxy(struct named_check *nc, const struct node *proxy,
		     bool encrypted)
{
	if (!node_is(proxy, "plain") && !node_is(proxy, "encrypted"))
		named_report(nc, RULE_BAD_VALUE, proxy,
			     "'proxy' is 'plain' or 'encrypted', not " QUOTED,
			     SLICE(node_text(proxy)));
	else if (node_is(proxy, "encrypted") && !encrypted)
		named_report(nc, RULE_CONFLICTING_OPTIONS, proxy,
			     "'proxy encrypted' needs a 'tls' that encrypts");
}

void
named_check_listener(struct named_check *nc, const struct node *statement)
{
	const struct node *tls = named_argument(statement, "tls");
	const struct node *http = named_argument(statement, "http");
	const struct node *proxy = named_argument(statement, "proxy");
	const struct node *port = named_argument(statement, "port");
	bool none = tls != NULL && node_is(tls, "none");
	unsigned long long number;

	if (type_integer_value(port, &number) &&
	    number >= (nc->since_9_21 ? UINT16_MAX + 1U : UINT16_MAX))
		named_report(nc, RULE_BAD_VALUE, port,
			     "port " QUOTED " is out of range",
			     SLICE(node_text(port)));
	if (tls != NULL && !none)
		named_check_tls_name(nc, tls);
	if (http != NULL)
		check_listener_http(nc, http, tls != NULL);
	if (proxy != NULL)
		check_listener_proxy(nc, proxy, tls != NULL && !none);
	named_check_acl(nc, node_block(statement));
}

bool
named_check_tls_name(struct named_check *nc, const struct node *name)
{
	if (node_is(name, "ephemeral") ||
	    strmap_get(nc->tls, node_text(name)) != NULL)
		return true;
	named_suggest(nc,
		      named_report(nc, RULE_UNDEFINED_TLS, name,
				   "there is no tls statement " QUOTED,
				   SLICE(node_text(name))),
		      nc->tls, name);
	return false;
}

static void
check_tls_protocols(struct named_check *nc, const struct node *protocols)
{
	static const char *const versions[] = { "TLSv1.2", "TLSv1.3" };
	bool seen[2] = { false, false }, any = false;

	STATEMENT_EACH(it, node_block(protocols))
	{
		size_t i = 0;

		while (i < 2 && !node_is(it->first, versions[i]))
			i++;
		if (i == 2)
			named_report(nc, RULE_BAD_VALUE, it->first,
				     QUOTED
				     " is no version of TLS that can be "
				     "chosen; they are TLSv1.2 and TLSv1.3",
				     SLICE(node_text(it->first)));
		else if (seen[i])
			named_report(nc, RULE_DUPLICATE_NAME, it->first,
				     QUOTED " stands here twice",
				     SLICE(node_text(it->first)));
		else
			seen[i] = any = true;
	}
	if (!any && node_block(protocols)->first == NULL)
		named_report(nc, RULE_MISSING_VALUE, node_block(protocols),
			     "no version of TLS is left");
}

/*
 * OpenSSL refuses a list in which it knows no cipher at all. Words that look
 * like one of its own are taken as known.
 */
static bool
is_cipher_list(struct slice text)
{
	static const char *const known[] = {
		"ALL",	     "COMPLEMENT", "DEFAULT",  "HIGH",	 "MEDIUM",
		"LOW",	     "kRSA",	   "aRSA",     "RSA",	 "kDHE",
		"kEDH",	     "DH",	   "DHE",      "EDH",	 "ADH",
		"kEECDH",    "kECDHE",	   "ECDH",     "ECDHE",	 "EECDH",
		"AECDH",     "aDSS",	   "DSS",      "aECDSA", "ECDSA",
		"TLS",	     "SSL",	   "AES",      "AESGCM", "AESCCM",
		"ARIA",	     "CAMELLIA",   "CHACHA20", "3DES",	 "DES",
		"RC4",	     "MD5",	   "SHA",      "GOST",	 "kPSK",
		"PSK",	     "SUITEB",	   "aNULL",    "eNULL",	 "NULL",
		"@SECLEVEL", "@STRENGTH",  "PROFILE",
	};

	for (size_t i = 0; i < text.len; i++) {
		struct slice rest = slice_sub(text, i, text.len);

		for (size_t k = 0; k < sizeof(known) / sizeof(*known); k++)
			if (slice_has_prefix(rest, known[k]))
				return true;
	}
	return false;
}

/* The suites of TLS 1.3 have names of their own, joined by ':'. */
static bool
is_cipher_suites(struct slice text)
{
	static const char *const known[] = {
		"TLS_AES_128_GCM_SHA256",	"TLS_AES_256_GCM_SHA384",
		"TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
		"TLS_AES_128_CCM_8_SHA256",
	};

	while (text.len > 0) {
		struct slice suite = slice_split(&text, ':');

		for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
			if (slice_is(suite, known[i]))
				return true;
	}
	return false;
}

static void
check_tls(struct named_check *nc, const struct node *statement)
{
	const struct node *block = node_block(statement);
	const struct node *place = named_place(nc, statement);
	const struct node *key = node_find(block, "key-file");
	const struct node *cert = node_find(block, "cert-file");
	const struct node *protocols = node_find(block, "protocols");
	const struct node *ciphers = node_find(block, "ciphers");
	const struct node *suites = node_find(block, "cipher-suites");
	struct slice name = named_text(statement);

	if (slice_is_nocase(name, "ephemeral") || slice_is_nocase(name, "none"))
		named_report(nc, RULE_DUPLICATE_NAME, place,
			     "tls " QUOTED " is built in", SLICE(name));
	if ((key == NULL) != (cert == NULL))
		named_report(nc, RULE_MISSING_STATEMENT, place,
			     "tls " QUOTED " has '%s' without '%s'",
			     SLICE(name),
			     key == NULL ? "cert-file" : "key-file",
			     key == NULL ? "key-file" : "cert-file");
	if (protocols != NULL)
		check_tls_protocols(nc, protocols);
	if (ciphers != NULL && !is_cipher_list(named_text(ciphers)))
		named_report(nc, RULE_BAD_VALUE, named_value(ciphers),
			     QUOTED " names no cipher",
			     SLICE(named_text(ciphers)));
	if (suites != NULL && !is_cipher_suites(named_text(suites)))
		named_report(nc, RULE_BAD_VALUE, named_value(suites),
			     QUOTED " names no cipher suite of TLS 1.3",
			     SLICE(named_text(suites)));
}

static void
check_defined_once(struct named_check *nc, const struct strmap *first,
		   const struct node *it, const char *what)
{
	const struct node *earlier = strmap_get(first, named_text(it));

	if (earlier != it)
		named_report_twice(nc, RULE_DUPLICATE_NAME, named_place(nc, it),
				   named_value(earlier), what, named_text(it));
}

void
named_check_tls_definitions(struct named_check *nc)
{
	NODE_EACH(it, nc->root, "tls")
	{
		check_defined_once(nc, nc->tls, it, "tls");
		check_tls(nc, it);
	}
}

/* The characters of a path segment (RFC 3986), '/' and '%' apart. */
static bool
is_path_character(char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    ascii_is_digit(c))
		return true;
	for (const char *p = "-._~!$&'()*+,;=:@"; *p != '\0'; p++)
		if (c == *p)
			return true;
	return false;
}

static bool
is_hex(char c)
{
	c = ascii_lower(c);
	return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool
is_http_path(struct slice path)
{
	if (path.len == 0 || path.data[0] != '/')
		return false;
	if (path.len > 1 && path.data[1] == '/')
		return false;
	for (size_t i = 0; i < path.len; i++) {
		char c = path.data[i];

		if (c == '%') {
			if (i + 2 >= path.len || !is_hex(path.data[i + 1]) ||
			    !is_hex(path.data[i + 2]))
				return false;
			i += 2;
		} else if (c != '/' && !is_path_character(c)) {
			return false;
		}
	}
	return true;
}

static void
check_endpoints(struct named_check *nc, const struct node *endpoints)
{
	bool any = false;

	STATEMENT_EACH(it, node_block(endpoints))
	{
		any = true;
		if (!is_http_path(node_text(it->first)))
			named_report(nc, RULE_BAD_VALUE, it->first,
				     QUOTED " is no absolute HTTP path",
				     SLICE(node_text(it->first)));
	}
	if (!any && nc->since_9_20)
		named_report(nc, RULE_MISSING_VALUE, node_block(endpoints),
			     "'endpoints' names no path");
}

void
named_check_http_definitions(struct named_check *nc)
{
	NODE_EACH(it, nc->root, "http")
	{
		const struct node *endpoints =
			node_find(node_block(it), "endpoints");

		if (slice_is_nocase(named_text(it), "default"))
			named_report(nc, RULE_DUPLICATE_NAME,
				     named_place(nc, it),
				     "http 'default' is built in");
		check_defined_once(nc, nc->http, it, "http");
		if (endpoints != NULL)
			check_endpoints(nc, endpoints);
	}
}
