#include "decide/policy_zone.h"

#include "model/name.h"

static bool
has(const struct zone_data *d, struct arena *a, struct slice front,
    struct slice zone)
{
	struct slice name, at;
	const char *text = arena_printf(a, "%.*s.%.*s", SLICE(front),
					SLICE(zone));

	return name_canonical(a, slice_of(text), &name) &&
	       zone_data_find(d, a, name, RRTYPE_ANY, &at) != FOUND_NOTHING;
}

bool
policy_zone_may_apply(const struct zone_data *d, struct arena *a,
		      struct slice zone, struct slice qname)
{
	static const char *const triggers[] = { "rpz-client-ip", "rpz-ip",
						"rpz-nsip", "rpz-nsdname" };

	if (zone_data_state(d) != DATA_LOADED)
		return true;
	for (size_t i = 0; i < sizeof(triggers) / sizeof(*triggers); i++)
		if (has(d, a, slice_of(triggers[i]), zone))
			return true;
	return qname.len > 0 && has(d, a, qname, zone);
}
