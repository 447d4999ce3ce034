"""The same statements in another layout: parts of a configuration in files of
their own, named relative to `directory`, and Unbound's clauses in pieces."""
import re


def include(r, files, lines, form):
    """Some consecutive lines, at most all, by way of a file."""
    begin = r.randrange(len(lines))
    end = r.randint(begin + 1, len(lines))
    file = f'part-{len(files)}.inc'
    files[file] = '\n'.join(lines[begin:end]) + '\n'
    return lines[:begin] + [form.format(r.choice(['', '', './', '@DIR@/']) + file)] + lines[end:]


def named(r, files, lines, depth=0):
    """Statements of one block, behind `directory` when it is that of the options."""
    if not lines or r.random() > 0.15:
        return lines
    out = include(r, files, lines, 'include "{}";')
    return named(r, files, out, depth + 1) if depth < 2 else out


def unbound(r, files, server, clauses):
    """`server`: the lines of that clause, `directory` first; `clauses`: whole others."""
    head, body = server[:3], server[3:]
    if r.random() < 0.15:
        body = include(r, files, body, 'include: "{}"')
    if r.random() < 0.15:
        cut = r.randrange(len(body))
        clauses = ['server:\n\t' + '\n\t'.join(body[cut:])] + clauses
        body = body[:cut]
    r.shuffle(clauses) if r.random() < 0.3 else None
    text = 'server:\n\t' + '\n\t'.join(head + body) + '\n'
    if clauses and r.random() < 0.15:
        clauses = include(r, files, clauses, r.choice(['include-toplevel: "{}"', 'include: "{}"']))
    return text + ''.join(c + '\n' for c in clauses)


def strange_spelling(r, name):
    """Another way to write the same name."""
    name = ''.join(c.upper() if r.random() < 0.5 else c for c in name)
    if r.random() < 0.3 and name[0].isalnum():
        name = f'\\{ord(name[0]):03d}' + name[1:]
    if r.random() < 0.2 and not name.endswith('.'):
        name += '.'
    return re.sub(r'\.\.$', '.', name)
