#!/bin/sh
# The manuals, --help and the completions tell of the same options; the manuals
# have no fault that mandoc knows; the shells complete.
set -u
. "${srcdir:=.}/tests/lib.sh"
not_in_short_suite
builddir=$(dirname "$DNSLINT")
PATH=$builddir:$PATH
export PATH
enter_scratch

# same WHAT A B
same() {
	count=$((count + 1))
	diff "$2" "$3" >"$dir/diff" || {
		fail "$1:"
		cat "$dir/diff"
	}
}

# offers WHAT WANTED GOT: the words of WANTED are among those of GOT
offers() {
	for word in $2; do
		count=$((count + 1))
		case " $(echo $3) " in
		*" $word "*) ;;
		*) fail "$1: '$word' is not offered, but: $(echo $3 | cut -c1-200)" ;;
		esac
	done
}

for verb in check predict explain diff rules dump; do
	"$DNSLINT" $verb --help
done | grep -o -- '^  --[a-z-]*\|\[--[a-z-]*' | tr -d ' [' | grep -v '^--help$\|^--version$' |
	sort -u >"$dir/help"

count=$((count + 1))
for verb in '' check predict explain diff rules dump; do
	"$DNSLINT" $verb --help
done | awk 'length > 80' >"$dir/wide"
[ ! -s "$dir/wide" ] || {
	fail '--help has lines of more than 80 columns:'
	cat "$dir/wide"
}

if command -v mandoc >/dev/null; then
	count=$((count + 1))
	mandoc -T lint -W warning "$builddir/doc/dnslint.1" "$builddir/doc/dnslint.yaml.5" ||
		fail 'mandoc finds faults'
else
	echo 'mandoc is not installed: the manuals are not judged'
fi
# "Fl -name" of mdoc.
grep -o 'Fl -[a-z-]*' "$builddir/doc/dnslint.1" | sed 's/Fl /-/' |
	grep -v '^--help$\|^--version$' | sort -u >"$dir/manual"
same 'options of --help and of dnslint(1)' "$dir/help" "$dir/manual"
grep -o '"[a-z-]*": {' "$srcdir/doc/dnslint-schema.json" | tr -d '":{ ' |
	grep -v '^properties$\|^items$\|^additionalProperties$\|^definitions$\|^patternProperties$' |
	sort -u >"$dir/schema"
sed -n 's/^\.It Ic //p' "$builddir/doc/dnslint.yaml.5" | sort -u >"$dir/keys"
comm -13 "$dir/schema" "$dir/keys" >"$dir/unknown"
: >"$dir/empty"
same 'keys of dnslint.yaml(5) that the schema does not have' "$dir/empty" "$dir/unknown"

completion=$srcdir/completion
# The bash one reads --help.
for f in _dnslint dnslint.fish; do
	grep -o -- "--[a-z][a-z-]*\|-l [a-z-]*" "$completion/$f" | sed 's/^-l /--/' |
		sort -u >"$dir/$f"
	comm -23 "$dir/help" "$dir/$f" >"$dir/missing"
	same "options that $f does not have" "$dir/empty" "$dir/missing"
done

touch "$dir/named.conf" "$dir/of office.conf"
cd "$dir" || exit 99
completion=$(cd "$OLDPWD" && cd "$completion" && pwd)
# offered_bash WORD...: what bash offers for the last one
offered_bash() {
	bash --norc -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
		COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
		_dnslint; printf "%s\n" "${COMPREPLY[@]}"' "$completion/dnslint.bash" "$@"
}
if command -v bash >/dev/null; then
	offers bash 'predict' "$(offered_bash dnslint pre)"
	offers bash '--role --rule' "$(offered_bash dnslint check --r)"
	offers bash 'authoritative' "$(offered_bash dnslint --role auth)"
	offers bash 'sarif' "$(offered_bash dnslint check --format sa)"
	offers bash 'markdown' "$(offered_bash dnslint diff --format m)"
	offers bash 'open-resolver' "$(offered_bash dnslint rules open-r)"
	offers bash 'named.conf' "$(offered_bash dnslint named)"
	# Words as bash takes them apart.
	offers bash 'sarif' "$(offered_bash dnslint --format = sa)"
	offers bash 'load,open-resolver' "$(offered_bash dnslint --only load,open-r)"
	offers bash 'error' "$(offered_bash dnslint --rule open-resolver = e)"
	offers bash 'error' "$(offered_bash dnslint --rule = open-resolver = e)"
	offers bash 'open-resolver=' "$(offered_bash dnslint --rule open-r)"
	offers bash '--format' "$(offered_bash dnslint rules --f)"
	[ "$(offered_bash dnslint 'of')" = 'of office.conf' ] ||
		fail "bash: a file with a blank in its name is not offered"
fi
if command -v fish >/dev/null; then
	offered_fish() {
		HOME=$dir fish --no-config -c "source $completion/dnslint.fish
			complete -C '$1'" 2>&1 | cut -f1
	}
	offers fish 'predict' "$(offered_fish 'dnslint pre')"
	offers fish '--role --rule' "$(offered_fish 'dnslint check --r')"
	offers fish 'authoritative' "$(offered_fish 'dnslint --role auth')"
	offers fish 'open-resolver' "$(offered_fish 'dnslint rules open-r')"
	offers fish 'widened' "$(offered_fish 'dnslint diff --on w')"
	offers fish 'load,open-resolver' "$(offered_fish 'dnslint --only load,open-r')"
	offers fish 'open-resolver=error' "$(offered_fish 'dnslint --rule open-resolver=e')"
fi
if command -v zsh >/dev/null; then
	# A terminal of its own, in which TAB is pressed.
	offered_zsh() {
		HOME=$dir zsh -f -c '
			zmodload zsh/zpty
			zpty shell zsh -f -i
			zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $2/dump; cd $2"
			zpty -w shell "zstyle \":completion:*\" list-prompt \"\"; LISTMAX=1000; setopt no_auto_menu; print READY"
			while zpty -r shell line && [[ $line != *READY* ]]; do :; done
			zpty -n -w shell "$3"$'"'\t\t\n'"'
			zpty -w shell "print DONE"
			while zpty -r shell line && [[ $line != DONE* ]]; do print -r -- "$line"; done
			zpty -d shell' zsh "$completion" "$dir" "$1" 2>&1 | tr -d '\r' | tr '[:cntrl:]' ' '
	}
	offers zsh '--role' "$(offered_zsh 'dnslint check --rol')"
	offers zsh '--fail-on=warning' "$(offered_zsh 'dnslint --fail-on=w')"
	offers zsh 'open-resolver=error' "$(offered_zsh 'dnslint --rule open-resolver=e')"
	# Nothing of the word is there yet, behind a verb.
	offers zsh 'any narrowed widened' "$(offered_zsh 'dnslint diff --on ' |
		sed 's/ \[[0-9;]*[A-Z]/ /g')"
fi
finish
