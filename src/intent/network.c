#include "intent/network.h"

#include "intent/fault.h"

static bool
means_everybody(struct slice text)
{
	return slice_is(text, "any") || slice_is(text, "all") ||
	       slice_is(text, "everybody") || slice_is(text, "*");
}

const char *
network_parse(struct arena *a, struct slice text, struct prefix *p)
{
	char buf[ADDR_TEXT_MAX];

	if (!prefix_parse(text, p))
		return arena_printf(a,
				    means_everybody(text)
					    ? "'%s' is no network; everybody "
					      "is 0.0.0.0/0 and ::/0"
					    : "'%s' is no address or network "
					      "such as 10.0.0.0/8 or "
					      "2001:db8::/32",
				    fault_quote(a, text));
	if (!prefix_is_network(*p))
		return arena_printf(a,
				    "'%s' has bits beyond its length; the "
				    "network is %s",
				    fault_quote(a, text),
				    prefix_format(prefix_network(*p), buf));
	return NULL;
}

const char *
networks_parse(struct arena *a, struct slice text, struct prefix_set *out)
{
	VEC(struct prefix) list = { 0 };
	bool more = true;

	while (more) {
		size_t left = text.len;
		struct slice part = slice_split(&text, ',');
		const char *fault =
			network_parse(a, part, VEC_PUSH(a, &list));

		if (fault != NULL)
			return fault;
		more = part.len < left; /* a comma followed */
	}
	*out = (struct prefix_set){ list.at, list.len };
	return NULL;
}
