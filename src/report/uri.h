/* Names of files as URI references (RFC 3986). */
#pragma once

#include "base/arena.h"

/*
 * An absolute path as a file URI, any other as a relative reference; every byte
 * that may not stand there by itself is percent-encoded.
 */
const char *uri_of(struct arena *a, const char *path);
