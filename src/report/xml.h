/* Text in XML documents. */
#pragma once

#include <stdio.h>

/*
 * Write `text` for an element or a quoted attribute: markup is escaped, and
 * what may not stand in XML 1.0 at all is written as in reports for people.
 */
void xml_print(FILE *out, const char *text);

/* ` name="text"` */
void xml_attribute(FILE *out, const char *name, const char *text);
