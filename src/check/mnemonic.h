/*
 * Mnemonics of the DNS protocol as BIND reads them (lib/dns/rcode.c and
 * gen/enumclass.h, enumtype.h): names in any letter case, or numbers.
 */
#pragma once

#include <stdint.h>

#include "base/slice.h"

enum {
	CLASS_IN = 1,
	CLASS_CH = 3,
	CLASS_HS = 4,
};

/* "IN", "CHAOS", "CLASS1": the number of a class, or -1. */
int mnemonic_class(struct slice text);

/* "MX", "TYPE65280": is it a type of record, meta types among them? */
bool mnemonic_is_type(struct slice text);

/* "RSASHA256" or "8": the number of a DNSSEC algorithm, or -1. */
int mnemonic_algorithm(struct slice text);

/* "SHA-256" or "2": is it a type of DS digest? */
bool mnemonic_is_digest(struct slice text);
