# Completion of dnslint for bash.

# Rules and families, as `dnslint rules` lists them.
_dnslint_rules() {
	dnslint rules 2>/dev/null |
		sed -n 's/^\([a-z-]*\):\{0,1\}$/\1/p; s/^  \([a-z0-9-]*\) .*/\1/p'
}

# The words of --help that begin with --, for one verb.
_dnslint_options() {
	dnslint "$1" --help 2>/dev/null | grep -o '^  --[a-z-]*\|\[--[a-z-]*' |
		tr -d '[ '
}

# Offer lines of standard input that begin with the word, behind a prefix.
_dnslint_offer() {
	local line
	while IFS= read -r line; do
		[[ $line == "$1"* ]] && COMPREPLY+=("${2-}$line")
	done
}

_dnslint_words() {
	_dnslint_offer "$cur" < <(printf '%s\n' "$@")
}

_dnslint() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local verbs='check predict explain diff rules dump' verb=check i
	local value=

	COMPREPLY=()
	for i in $verbs; do
		[[ ${COMP_WORDS[1]} == "$i" && $COMP_CWORD -gt 1 ]] && verb=$i
	done
	# bash takes the word apart at '=': --format=json, --rule ID=LEVEL.
	if [[ $cur == = ]]; then
		cur= value=yes
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]} value=yes
	fi
	i=$((COMP_CWORD > 4 ? COMP_CWORD - 4 : 1))
	if [[ $value && $prev != -* && "${COMP_WORDS[*]:i:COMP_CWORD + 1 - i}" =~ \
		--rule\ (=\ )?[a-z0-9-]+\ =[^=]*$ ]]; then
		_dnslint_words off note warning error
		return
	fi
	case $prev in
	--server) _dnslint_words named unbound auto ;;
	--role) _dnslint_words authoritative resolver forwarder mixed hidden-primary ;;
	--color) _dnslint_words auto always never ;;
	--fail-on) _dnslint_words error warning note ;;
	--on) _dnslint_words narrowed widened any ;;
	--only)
		i=
		[[ $cur == *,* ]] && i=${cur%,*},
		_dnslint_offer "${cur##*,}" "$i" < <(_dnslint_rules)
		;;
	--rule)
		compopt -o nospace +o filenames 2>/dev/null
		_dnslint_offer "$cur" < <(_dnslint_rules | sed 's/$/=/')
		;;
	--format)
		case $verb in
		check) _dnslint_words text json sarif github gitlab junit checkstyle ;;
		predict) _dnslint_words text json tsv ;;
		explain) _dnslint_words text json ;;
		*) _dnslint_words text json markdown ;;
		esac
		;;
	--git)
		_dnslint_offer "$cur" < <(echo HEAD
			git for-each-ref --format='%(refname:short)' 2>/dev/null)
		;;
	--target | --old-target | --clients | --interface | --client | --query | --to | --key | \
		--stdin-filename | --map) ;;
	--include-root | --chroot) _dnslint_offer "$cur" < <(compgen -d -- "$cur") ;;
	*)
		if [[ $cur == -* ]]; then
			_dnslint_offer "$cur" < <(_dnslint_options "$verb"
				printf '%s\n' --help --version)
		elif [[ $verb == rules ]]; then
			_dnslint_offer "$cur" < <(_dnslint_rules)
		else
			_dnslint_offer "$cur" < <(compgen -f -- "$cur")
			[[ $COMP_CWORD -gt 1 ]] || _dnslint_words $verbs
		fi
		;;
	esac
}
complete -o filenames -F _dnslint dnslint
