/*
 * The typed pass: every statement of the tree against the option table. It
 * finds unknown, misplaced, retired and repeated options and values that are
 * not what the table says.
 */
#pragma once

#include "schema/option.h"

/* A use of an option that the target warns about or ignores. */
struct retired_use {
	const struct node *statement;
	const struct option *option;
	bool alone; /* no other option stands in the statement by mistake */
};

struct typed {
	const struct retired_use *retired;
	size_t retired_count;
};

const struct typed *typed_pass(const struct config *config,
			       struct schema *schema);
