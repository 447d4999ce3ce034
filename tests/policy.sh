#!/bin/sh
# Intent from the command line, the configuration and the intent file: which of
# them counts, and what a wrong one does.
set -u
. "${srcdir:=.}/tests/lib.sh"
enter_scratch

# role NAME PATTERN ARGUMENTS...: as the JSON report has it
role() {
	name=$1 pattern=$2
	shift 2
	expect 0 "\"role\": {\"name\": \"$name\".*$pattern" --exit-zero \
		--format json "$@"
}

mkdir -p site/ns1 site/ns2/deep site/resolver other
open='options { allow-query { any; }; };'
echo "$open" >site/ns1/named.conf
echo "$open" >site/ns2/named.conf
echo "$open" >site/ns2/deep/named.conf
echo "$open" >other/named.conf
echo "$open" >bare.conf
: >empty
printf '# dnslint: role=mixed clients=10.0.0.0/8\n%s\n' "$open" >directive.conf
cat >site/.dnslint.yaml <<'END'
version: 1
servers:
  - files: ["ns[12]/named.conf"]
    software: bind 9.18
    role: authoritative
  - files: ["resolver/*"]
    software: unbound 1.17
    role: resolver
rules:
  open-resolver: note
  recursion-on-authoritative: off
fail-on: error
END

# The nearest file at or above is found, and says the levels.
expect 0 'note: .*open-resolver' site/ns1/named.conf
expect 0 'note: .*open-resolver' site/ns2/deep/named.conf
expect 1 'error: .*open-resolver' other/named.conf
expect 1 'error: .*open-resolver' --no-policy site/ns1/named.conf
expect 1 'error: .*open-resolver' site/ns1/named.conf other/named.conf
# The command line comes before it.
expect 1 'note: .*open-resolver' --fail-on note site/ns1/named.conf
expect 0 'warning: .*open-resolver' --rule open-resolver=warning \
	site/ns1/named.conf
expect 0 SILENT --rule open-resolver=off site/ns1/named.conf
# Roles: command line, then configuration, then intent file, then a guess.
role authoritative '"declared": "site/.dnslint.yaml", "line": 5' \
	site/ns1/named.conf
role forwarder '"declared": "--role", "line": null' --role forwarder \
	site/ns1/named.conf
role resolver '"reason": "it recurses.*"declared": null' site/ns2/deep/named.conf
role unknown '"reason": null, "declared": null' --no-heuristics other/named.conf
role mixed '"declared": "directive.conf", "line": 1' directive.conf
role resolver '"declared": "--role"' --role resolver directive.conf
expect 2 'no role' --role boss bare.conf
# A role or clients above take the place of what contradicts them below.
expect 1 'recursion-on-authoritative' --role authoritative \
	--only recursion-on-authoritative directive.conf
expect 0 SILENT --role authoritative --only declared-client-refused \
	directive.conf
role resolver '"reason": "it recurses' --clients 10.0.0.0/8 site/ns1/named.conf
expect 2 "'clients' are those who recurse, and with this role" \
	--role authoritative --clients 10.0.0.0/8 bare.conf
printf '# dnslint: role=hidden-primary clients=10.0.0.0/8\n%s\n' "$open" >both.conf
expect 1 "both.conf:1:12: error: 'clients' are those who recurse.*bad-directive" \
	--only bad-directive both.conf
# Clients.
expect 1 'open-resolver' --only open-resolver bare.conf
expect 0 SILENT --clients 0.0.0.0/0,::/0 bare.conf
expect 2 "'10.0.0.1/8' has bits beyond" --clients 10.0.0.1/8 bare.conf
expect 2 'no address or network' --clients 10.0.0.0/8, bare.conf
# Software decides about language and release.
expect 0 '"target": "9.18"' --format json --exit-zero site/ns1/named.conf
expect 0 '"target": "9.20"' --target 9.20 --format json --exit-zero \
	site/ns1/named.conf
: >site/resolver/empty
expect 0 '"server": "unbound", "target": "1.17"' --format json \
	site/resolver/empty
expect 2 'cannot tell' empty
# A named file, and standard input under a name.
expect 0 'note: .*open-resolver' --policy site/.dnslint.yaml bare.conf
expect 0 'no entry of it is for bare.conf' --policy site/.dnslint.yaml bare.conf
"$DNSLINT" --stdin-filename site/ns1/named.conf --format json - \
	<site/ns1/named.conf >out 2>err
ok 'standard input has no intent' said '"authoritative"'
expect 2 'nothing.yaml: cannot read it: No such file' --policy nothing.yaml \
	bare.conf
# One that is wrong: all of it is told, once, and nothing is judged.
cat >other/.dnslint.yaml <<'END'
version: 1
server: []
rules:
  open-resolvr: off
fail-on: bad
END
expect 2 "^other/.dnslint.yaml:2:1: error: .*did you mean 'servers'" \
	other/named.conf
expect 2 "^other/.dnslint.yaml:5:10: error: 'bad' is no level" other/named.conf
expect 2 "^other/.dnslint.yaml:4:3: error: there is no rule 'open-resolvr'" \
	other/named.conf
expect 2 'other/named.conf: not judged either' other/named.conf other/named.conf
expect 2 'bare.conf:1' other/named.conf bare.conf
expect 2 'no level' predict other/named.conf
printf 'version: 1\nrules:\n  open-resolvr: off\n' >other/.dnslint.yaml
expect 2 "^other/.dnslint.yaml:3:3: error: there is no rule 'open-resolvr' (did you mean 'open-resolver'?)" \
	other/named.conf
# Where changes are not trusted, a link must not lead out.
printf 'version: 1\n' >outside.yaml
ln -sf ../outside.yaml other/.dnslint.yaml
expect 1 'open-resolver' other/named.conf
expect 2 'outside of the include root' --include-root other other/named.conf
ln -sf nowhere other/.dnslint.yaml
expect 2 'cannot read it' other/named.conf
rm other/.dnslint.yaml
# Comments that are no directives.
printf '# dnslint: role=boss\n%s\n' "$open" >wrong.conf
expect 1 'wrong.conf:1:12: error: this is no role.*bad-directive' \
	--only bad-directive wrong.conf
role resolver '"reason": "it recurses' wrong.conf
printf '%s\n# dnslint: role=mixed\n' "$open" >late.conf
expect 1 'late.conf:2:12: error: .*at the top of the file' \
	--only bad-directive late.conf
printf '/* dnslint: clients=10.0.0.0/8 */ # dnslint: role=resolver clients=10.0.0.0/8\n%s\n' \
	"$open" >twice.conf
expect 1 'twice.conf:1:60: error: the clients are declared twice' \
	--only bad-directive twice.conf
printf '# dnslint: role=resolver\nserver: port: 53\n' >unbound.conf
role resolver '"declared": "unbound.conf", "line": 1' unbound.conf
# What an included file declares is for those who check that file.
printf '# dnslint: role=mixed\nzone "a.example" { type hint; file "x"; };\n' \
	>part.conf
printf 'include "part.conf";\n' >whole.conf
role resolver '"reason": "it recurses' whole.conf
expect 0 SILENT --only bad-directive whole.conf
expect 0 SILENT --only bad-directive part.conf

finish
