#!/bin/sh
# The layers: which part may include which. An arrow the other way fails.
set -eu
cd "${srcdir:-.}"
status=0

# allow LAYER 'INCLUDED LAYERS'
allow() {
	[ -d "$1" ] || return 0
	# What bison and flex make in a build in the source tree is not ours.
	for f in $(find $1 -name '*.[chly]' ! -path 'grammar/*.[ch]' | sort); do
		sed -n 's/^[ \t]*#include "\([^"]*\)".*/\1/p' "$f" |
			while read -r inc; do
				ok=no
				for p in $2; do
					case $inc in "$p"/*) ok=yes ;; esac
				done
				[ $ok = yes ] || echo "$f includes $inc"
			done
	done
}

bad=$(
	allow src/base 'base'
	allow src/source 'base source'
	allow src/diag 'base source diag'
	allow src/ast 'base source diag ast'
	allow grammar 'base source diag ast grammar'
	allow src/schema 'base source diag ast grammar schema'
	allow src/check 'base source diag ast schema check'
	allow src/model 'base source diag ast schema model'
	allow src/geoip 'base source model geoip'
	allow src/decide 'base source diag model decide'
	allow src/intent 'base source diag schema model decide intent'
	allow src/predict 'base source diag ast schema model decide intent lint report predict config.h' |
		grep -v ' includes config.h$' || :
	allow src/compare 'base source model decide lint predict report compare'
	allow src/fix 'base source diag model decide lint compare report fix'
	allow src/roots 'base source diag ast schema intent lint roots'
	allow rules 'base source diag ast schema check model decide intent rules'
	allow src/report 'base source diag report config.h' |
		grep -v ' includes config.h$' || :
	allow src/catalogue 'base lint report rules catalogue'
	allow src/lint 'base source diag ast schema check model decide intent rules lint geoip'
)
# Rules do not know each other, and the core knows no dialect's tree.
bad="$bad$(grep -ln '#include "rules/' rules/*.c | while read -r f; do
	grep -n '#include "rules/' "$f" |
		grep -v 'rules/rule.h"\|rules/registry.h"' | sed "s|^|$f:|"
done)"
if [ -n "$bad" ]; then
	printf '%s\n' "$bad"
	status=1
fi
exit $status
