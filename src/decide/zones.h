/* The data of zones, read from their files when first asked for. */
#pragma once

#include "model/views.h"
#include "model/zonefile.h"

struct zones;

struct zones *zones_new(struct arena *a, const struct views *v);

/*
 * Whether a zone has data when its server starts, as the files here tell. What
 * would be transferred later is not known. Where not even the directory of the
 * file exists, files are taken to be elsewhere, and in order.
 */
enum data_state zones_state(struct zones *s, const struct zone *z);

/* All of its data, read or made up. */
const struct zone_data *zones_data(struct zones *s, const struct zone *z);

/* Why it has none, for people; NULL when it has. */
const char *zones_why(struct zones *s, const struct zone *z);

/* What is at `name` of a loaded zone; see zone_data_find(). */
enum found zones_find(struct zones *s, const struct zone *z,
		      struct slice name, uint16_t type, struct slice *at);
