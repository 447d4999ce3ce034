#!/usr/bin/env python3
"""What the documents show is what the program prints.

A block that begins with "$ dnslint" or "$ git show" is a session in a repository of
doc/examples: each command is run there, and must print what follows it. Blocks
of other commands (dig, rndc) are for people. UPDATE=1 rewrites the documents;
read the difference before committing it.
"""
import glob, os, re, shutil, subprocess, sys, tempfile

TOP = os.path.abspath(os.environ.get('srcdir', '.'))
if os.environ.get('SHORT'):
    print('skipped: the short suite leaves it out')
    sys.exit(77)
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
BLOCK = re.compile(r'^```\n(\$ (?:dnslint|git show) .*?)^```$', re.M | re.S)


def repository():
    """The examples, committed as they stand."""
    base = tempfile.mkdtemp(prefix='dnslint-tutorials-')
    folder = os.path.join(base, 'examples')
    shutil.copytree(os.path.join(TOP, 'doc', 'examples'), folder)
    subprocess.run(['chmod', '-R', 'u+w', folder], check=True)
    for command in (['init', '-q'], ['add', '-A'],
                    ['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'examples']):
        subprocess.run(['git', *command], cwd=folder, check=True, capture_output=True)
    return base, folder


def session(text, folder):
    """The same block with what its commands print."""
    env = dict(os.environ, PATH=os.path.dirname(DNSLINT) + ':' + os.environ['PATH'], SOURCE_DATE_EPOCH='1798761600',
               GIT_CONFIG_GLOBAL='/dev/null', NO_COLOR='1')
    out = ''
    for line in text.split('\n'):
        if not line.startswith('$ '):
            continue
        p = subprocess.run(['sh', '-c', line[2:]], cwd=folder, env=env, capture_output=True, text=True, timeout=60)
        out += line + '\n' + p.stdout + p.stderr
    return out.rstrip('\n') + '\n'


def main():
    if shutil.which('git') is None:
        print('git is not installed')
        sys.exit(77)
    blocks = faults = 0
    for path in [os.path.join(TOP, 'README.md')] + sorted(glob.glob(os.path.join(TOP, 'doc', '*.md'))):
        base, folder = repository()
        with open(path) as f:
            text = f.read()
        new = BLOCK.sub(lambda m: f'```\n{session(m.group(1), folder)}```', text)
        shutil.rmtree(base)
        blocks += len(BLOCK.findall(text))
        if new == text:
            continue
        if os.environ.get('UPDATE'):
            with open(path, 'w') as f:
                f.write(new)
            continue
        faults += 1
        for old, now in zip(text.split('\n'), new.split('\n')):
            if old != now:
                print(f'{os.path.relpath(path, TOP)}: shown is "{old}", printed "{now}"')
                break
    print(f'{blocks} sessions, {faults} documents that differ')
    sys.exit(faults > 0 or blocks == 0)


main()
