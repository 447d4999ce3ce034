/*
 * Channels of control and of statistics. Who may connect is decided by the
 * address alone; statistics are for everybody where no list is written
 * (bin/named/controlconf.c, bin/named/statschannel.c).
 */
#include "model/named_lower.h"

typedef VEC(struct channel) channel_vec;

static const struct node *
allow_of(const struct node *s)
{
	for (const struct node *n = node_term(s, 2); n != NULL; n = n->next)
		if (node_is(n, "allow") && n->next != NULL &&
		    n->next->kind == NODE_BLOCK)
			return n->next;
	return NULL;
}

static void
add_channel(struct lower *l, channel_vec *out, const struct node *s,
	    bool control)
{
	const struct origin *o = origin_at(l, "inet", s);
	const struct node *allow = allow_of(s);
	struct channel c = { .control = control,
			     .allow = { NULL, o },
			     .origin = *o };

	if (!addr_parse(node_text(node_term(s, 1)), &c.addr))
		c.addr = addr_first(FAMILY_IPV4); /* the `*` */
	c.wildcard = c.addr.hi == 0 && c.addr.lo == 0;
	if (allow != NULL)
		c.allow.list = lower_list(l, allow, NULL, *o);
	*VEC_PUSH(l->arena, out) = c;
}

void
lower_channels(struct lower *l)
{
	channel_vec out = { 0 };

	CONFIG_EACH(controls, l->config, "controls")
		NODE_EACH(s, node_block(controls), "inet")
			add_channel(l, &out, s, true);
	CONFIG_EACH(channels, l->config, "statistics-channels")
		NODE_EACH(s, node_block(channels), "inet")
			add_channel(l, &out, s, false);
	l->views->channels = out.at;
	l->views->channel_count = out.len;
}
