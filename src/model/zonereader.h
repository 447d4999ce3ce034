/* What the files that read a zone's data share: how far one has come. */
#pragma once

#include "model/zonedata.h"
#include "model/zonetext.h"

struct root; /* source/root.h */

struct zone_reader {
	struct arena *arena;
	const struct root *root;
	const char *chroot;
	struct zone_data *d;
	struct zone_data_options options;
	struct zone_budget *used;
	struct slice origin;
	struct slice owner;
	bool owner_known;
	unsigned depth;
	/* Of $TTL, and of the latest record; -1 where there is none yet. */
	long long default_ttl, last_ttl;
	/* At `at` in the `text` of `file`; NULL: in no line, or no file. */
	const char *file;
	struct slice text;
	const char *at;
};

/*
 * The zone does not load, for this reason: the first one counts, and is told
 * with its place. Always false. Unbound does not run with a zone that it cannot
 * read, so what seems wrong in a line of its zones is not understood here, and
 * the rest goes on.
 */
bool zone_reader_fault(struct zone_reader *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, at a token of the line. */
bool zone_reader_fault_at(struct zone_reader *r, struct slice token,
			  const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same of what is not known here. */
bool zone_reader_unknown(struct zone_reader *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Are faults of records faults of the zone? */
bool zone_reader_is_strict(const struct zone_reader *r);

/* A name as written; false with a fault. */
bool
zone_reader_name(struct zone_reader *r, struct slice token, struct slice *out);

/* zonerecord.c: take the record of a line. */
bool zone_reader_record(struct zone_reader *r, const struct zone_line *line);

/* zonecheck.c: what the records, once all are read, say of each other. */
void zone_reader_check(struct zone_reader *r);
