"""Does the line that a prediction names decide?

The statement is turned round in every way that there is, the server restarted,
and the same questions asked. The line is wrong where no answer changes and
nothing else is named for it either, and where no such statement stands. A prediction must hold of the configuration
so changed as well.
"""
import os, re

TOGGLED = {'yes': 'no', 'no': 'yes'}
WORD = r'[^\s";{}]+'
# The last word of these lines of Unbound's says what happens.
ACTIONS = {'access-control': ['deny', 'refuse', 'allow'], 'interface-action': ['deny', 'refuse', 'allow'],
           'local-zone': ['always_deny', 'always_refuse'], 'local-zone-override': ['always_deny', 'always_refuse'],
           'access-control-tag-action': ['always_deny', 'always_refuse'],
           'interface-tag-action': ['always_deny', 'always_refuse']}
ASKED_MAX = 12
OWN_VIEW = '_bind'  # of named itself: no option is about it


def end_of_list(line, at):
    depth = 0
    for i in range(at, len(line)):
        depth += {'{': 1, '}': -1}.get(line[i], 0)
        if depth == 0:
            return i + 1
    return None


def turned_named(option, line):
    if option == 'zone':
        return ['' if line.endswith('};') else line]
    m = re.search(rf'(?<![\w-]){option}\s+(yes|no)\s*;', line)
    if m:
        return [line[:m.start(1)] + TOGGLED[m.group(1)] + line[m.end(1):]]
    m = re.search(rf'(?<![\w-]){option}\b[^{{;]*(?={{)', line)
    end = m and end_of_list(line, m.end())
    if not end or not re.match('allow-|match-|blackhole|listen-on', option):
        return []
    return [line[:m.start()] + f'{option} {{ {word}; }}' + line[end:] for word in ('any', 'none')]


def turned_unbound(option, line):
    head, _, last = line.rpartition(' ')
    if option in ACTIONS:
        return [f'{head} {action}' for action in ACTIONS[option]]
    if last in TOGGLED:
        return [f'{head} {TOGGLED[last]}']
    return [''] if option in ('access-control-view', 'interface-view') else []


def written_named(option):
    """What could be written where nothing is, and a default decides."""
    if option in ('recursion', 'empty-zones-enable'):
        return [f'{option} {word};' for word in TOGGLED]
    # Zones that the server makes take no changes, whatever is written.
    lists = option.startswith('allow-') and option != 'allow-update'
    return [f'{option} {{ {word}; }};' for word in ('any', 'none')] if lists else []


def written_unbound(option):
    blocks = ['0.0.0.0/0', '::/0', '127.0.0.0/8', '::1']
    return ['\n\t'.join(f'access-control: {b} {action}' for b in blocks)
            for action in ('deny', 'refuse', 'allow')] if option == 'access-control' else []


class Changed:
    """A configuration with one line in the place of another."""

    def __init__(self, config, file, number, line):
        self.name, self.text, self.files = config.name, config.text, dict(config.files)
        lines = (self.text if file == self.name else self.files[file]).split('\n')
        lines[number - 1] = line
        if file == self.name:
            self.text = '\n'.join(lines)
        else:
            self.files[file] = '\n'.join(lines)


def where(reason):
    """(option, file, line) of what a prediction names; a default has no file."""
    m = re.fullmatch(r'([\w-]+)@(.*):(\d+)', reason)
    if not m:
        return reason.removeprefix('default:'), '', 0
    return m.group(1), os.path.basename(m.group(2)), int(m.group(3))


def line_of(config, place):
    _, file, number = place
    lines = (config.text if file == config.name else config.files.get(file, '')).split('\n')
    return lines[number - 1] if number <= len(lines) else ''


def stands(config, place):
    """A clause of Unbound's is named by its name."""
    word = 'name' if place[0].endswith('-zone') and place[0] != 'local-zone' else place[0]
    return not place[1] or re.search(rf'(?<![\w-]){word}(?![\w-])', line_of(config, place))


def variants(kind, config, place):
    option, file, number = place
    if not file:
        write = written_named if kind == 'named' else written_unbound
        lines = config.text.split('\n')
        first = next(i for i, line in enumerate(lines) if re.match('\tdirectory:? ', line))
        return [Changed(config, config.name, first + 1, f'{lines[first]}\n\t{new}') for new in write(option)]
    turn = turned_named if kind == 'named' else turned_unbound
    line = line_of(config, place)
    return [Changed(config, file, number, new) for new in turn(option, line) if new != line]


def check(kind, config, real, said, r, count, ask):
    """Lines that do not decide: (probe, place). `real` and `said` are those of
    `config`; `ask` takes one and probes, and gives the two again, or None."""
    by_place, wrong = {}, []
    for answer, row in zip(real, said):
        place = where(row[13])
        if row[7] != 'UNKNOWN' and row[11] != OWN_VIEW:
            by_place.setdefault(place, []).append((row[:7], answer, row[13]))
    for place in r.sample(sorted(by_place), min(count, len(by_place))):
        rows = r.sample(by_place[place], min(ASKED_MAX, len(by_place[place])))
        open_rows, tried = list(range(len(rows))), not stands(config, place)
        for new in variants(kind, config, place):
            result = ask(new, [row[0] for row in rows])
            if result is None:
                continue
            tried = True
            open_rows = [i for i in open_rows
                         if result[0][i] == rows[i][1] and where(result[1][i][13]) == place]
        wrong += [(rows[i][0], place) for i in open_rows] if tried else []
    return wrong
