# Completion of dnslint for bash.

# Rules and families, as `dnslint rules` lists them.
_dnslint_rules() {
	dnslint rules 2>/dev/null |
		sed -n 's/^\([a-z-]*\):\{0,1\}$/\1/p; s/^  \([a-z0-9-]*\) .*/\1/p'
}

# The words of --help that begin with --, for one verb.
_dnslint_options() {
	dnslint "$1" --help 2>/dev/null |
		sed -n 's/^  \(--[a-z-]*\).*/\1/p'
}

_dnslint() {
	local cur prev words cword verb i
	local verbs='check predict explain diff rules dump'

	_get_comp_words_by_ref -n := cur prev words cword 2>/dev/null || {
		cur=${COMP_WORDS[COMP_CWORD]}
		prev=${COMP_WORDS[COMP_CWORD - 1]}
		words=("${COMP_WORDS[@]}")
		cword=$COMP_CWORD
	}
	COMPREPLY=()
	verb=check
	for i in $verbs; do
		[ "${words[1]}" = "$i" ] && [ "$cword" -gt 1 ] && verb=$i
	done
	case $prev in
	--server) COMPREPLY=($(compgen -W 'named unbound auto' -- "$cur")) ;;
	--role) COMPREPLY=($(compgen -W 'authoritative resolver forwarder mixed hidden-primary' -- "$cur")) ;;
	--color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")) ;;
	--fail-on) COMPREPLY=($(compgen -W 'error warning note' -- "$cur")) ;;
	--on) COMPREPLY=($(compgen -W 'narrowed widened any' -- "$cur")) ;;
	--only | --rule) COMPREPLY=($(compgen -W "$(_dnslint_rules)" -- "$cur")) ;;
	--format)
		case $verb in
		check) i='text json sarif github gitlab junit checkstyle' ;;
		predict) i='text json tsv' ;;
		explain) i='text json' ;;
		*) i='text json markdown' ;;
		esac
		COMPREPLY=($(compgen -W "$i" -- "$cur"))
		;;
	--git) COMPREPLY=($(compgen -W "$(git for-each-ref --format='%(refname:short)' 2>/dev/null) HEAD" -- "$cur")) ;;
	--target | --clients | --interface | --client | --query | --to | --key | --stdin-filename) ;;
	--include-root | --chroot) COMPREPLY=($(compgen -d -- "$cur")) ;;
	*)
		if [[ $cur == -* ]]; then
			COMPREPLY=($(compgen -W "$(_dnslint_options "$verb") --help --version" -- "$cur"))
		elif [ "$verb" = rules ]; then
			COMPREPLY=($(compgen -W "$(_dnslint_rules)" -- "$cur"))
		else
			COMPREPLY=($(compgen -f -- "$cur"))
			[ "$cword" -gt 1 ] ||
				COMPREPLY+=($(compgen -W "$verbs" -- "$cur"))
		fi
		;;
	esac
}
complete -o filenames -F _dnslint dnslint
