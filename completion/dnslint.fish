# Completion of dnslint for fish.

set -l verbs check predict explain diff rules dump
function __dnslint_rules
    dnslint rules 2>/dev/null |
        sed -n 's/^\([a-z-]*\):\{0,1\}$/\1/p; s/^  \([a-z0-9-]*\) .*/\1/p'
end
# ID=LEVEL, the levels once there is an ID.
function __dnslint_levels
    set -l id (commandline -ct | string replace -r '^--rule=' '' |
        string match -r '^[^=]*(?==)')
    if test -n "$id"
        printf '%s\n' $id={off,note,warning,error}
    else
        __dnslint_rules | sed 's/$/=/'
    end
end
# True where the verb is one of these; check needs no word.
function __dnslint_verb
    set -l words (commandline -opc)
    set -l verb check
    if set -q words[2]; and contains -- $words[2] check predict explain diff rules dump
        set verb $words[2]
    end
    contains -- $verb $argv
end

complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "check" -d "find faults"
complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "predict" -d "who gets REFUSED"
complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "explain" -d "one client, one question, every step"
complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "diff" -d "whose answers a change changes"
complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "rules" -d "what there is to find"
complete -c dnslint -n "test (count (commandline -opc)) = 1" -a "dump" -d "print the tree"
complete -c dnslint -n "__dnslint_verb rules" -f -a "(__dnslint_rules)"

set -l reading "__dnslint_verb check predict explain diff dump"
complete -c dnslint -n $reading -l server -x -a "named unbound auto" -d "which language"
complete -c dnslint -n $reading -l target -x -d "release to judge for"
complete -c dnslint -n $reading -l include-root -x -a "(__fish_complete_directories)" -d "never open a file outside"
complete -c dnslint -n $reading -l chroot -x -a "(__fish_complete_directories)" -d "the directory the server runs in"
complete -c dnslint -n $reading -l map -x -d "read what is below a path elsewhere"
complete -c dnslint -n $reading -l stdin-filename -x -d "what to call standard input"
complete -c dnslint -n $reading -l policy -r -d "the intent file"
complete -c dnslint -n $reading -l no-policy -d "read no intent file"
complete -c dnslint -n $reading -l role -x -a "authoritative resolver forwarder mixed hidden-primary" -d "what the server is for"
complete -c dnslint -n $reading -l clients -x -d "who must be able to recurse"
complete -c dnslint -n $reading -l interface -x -d "an address of the host"
complete -c dnslint -n $reading -l interfaces -r -d "all addresses of the host"
complete -c dnslint -l help -d "print the options"
complete -c dnslint -l version -d "print the version"

complete -c dnslint -n "__dnslint_verb check" -l only -x -a "(__fish_complete_list , __dnslint_rules)" -d "only these rules"
complete -c dnslint -n "__dnslint_verb check" -l rule -x -a "(__dnslint_levels)" -d "a level for one rule"
complete -c dnslint -n "__dnslint_verb check" -l no-heuristics -d "leave out rules that guess"
complete -c dnslint -n "__dnslint_verb check explain" -l delegations -r -d "a parent zone"
complete -c dnslint -n "__dnslint_verb check" -l top-level -d "check what includes these files"
complete -c dnslint -n "__dnslint_verb check" -l fail-on -x -a "error warning note" -d "what makes the status 1"
complete -c dnslint -n "__dnslint_verb check" -l exit-zero -d "exit 0 whatever is found"
complete -c dnslint -n "__dnslint_verb check" -l baseline -r -d "leave out what this file knows"
complete -c dnslint -n "__dnslint_verb check" -l write-baseline -r -d "write all findings there"
complete -c dnslint -n "__dnslint_verb check" -l fix -d "mend what can be mended"
complete -c dnslint -n "__dnslint_verb check" -l fix-dry-run -d "print what --fix would do"
complete -c dnslint -n "__dnslint_verb check" -l format -x -a "text json sarif github gitlab junit checkstyle" -d "format of the report"
complete -c dnslint -n "__dnslint_verb check" -l output -r -d "where the report goes"
complete -c dnslint -n "__dnslint_verb check explain" -l color -x -a "auto always never" -d "colors"

set -l question "__dnslint_verb predict explain diff"
complete -c dnslint -n $question -l query -x -d "the question"
complete -c dnslint -n $question -l client -x -d "where it comes from"
complete -c dnslint -n $question -l to -x -d "the address it is sent to"
complete -c dnslint -n $question -l tcp -d "sent over TCP"
complete -c dnslint -n $question -l key -x -d "signed with this key"
complete -c dnslint -n $question -l no-rd -d "recursion is not asked for"
complete -c dnslint -n "__dnslint_verb predict" -l probes -r -d "answer many questions"
complete -c dnslint -n "__dnslint_verb predict" -l format -x -a "text json tsv" -d "format"
complete -c dnslint -n "__dnslint_verb explain" -l dig -r -d "take the question from what dig printed"
complete -c dnslint -n "__dnslint_verb explain" -l format -x -a "text json" -d "format"
complete -c dnslint -n "__dnslint_verb diff" -l old-target -x -d "release to judge the old file for"
complete -c dnslint -n "__dnslint_verb diff" -l git -x -d "compare with this revision"
complete -c dnslint -n "__dnslint_verb diff" -l on -x -a "narrowed widened any" -d "what makes the status 1"
complete -c dnslint -n "__dnslint_verb diff rules" -l format -x -a "text json markdown" -d "format"
