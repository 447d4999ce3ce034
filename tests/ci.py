#!/usr/bin/env python3
"""Run what the action, the job template and the container file say, as those who
read them would: the steps of action.yml and the scripts of ci/gitlab.yml in a
shell over a small repository, with a build that is there already."""
import json, os, re, shutil, subprocess, sys, tempfile

try:
    import yaml
except ImportError:
    print('python3-yaml is not installed')
    sys.exit(77)

TOP = os.path.abspath(os.environ.get('srcdir', '.'))
if os.environ.get('SHORT'):
    print('skipped: the short suite leaves it out')
    sys.exit(77)
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
FAULTY = 'options { directory "/srv/nowhere"; recursion yes; allow-recursion { any; }; };\n'
CLEAN = 'options { directory "/srv/nowhere"; recursion no; allow-transfer { none; }; };\n'
failed = 0


def expect(ok, what):
    global failed
    if not ok:
        failed += 1
        print('failed:', what)


def load(name):
    with open(os.path.join(TOP, name)) as f:
        return yaml.safe_load(f)


def shell(script, folder, **variables):
    """Status and output of a script, with `dnslint` in the path."""
    path = os.path.dirname(DNSLINT) + ':' + os.environ['PATH']
    return subprocess.run(['sh', '-e', '-c', script], cwd=folder, capture_output=True, text=True, timeout=60,
                          env={'PATH': path, 'HOME': folder, 'SOURCE_DATE_EPOCH': '1798761600', **variables})


def write(folder, **files):
    for name, text in files.items():
        with open(os.path.join(folder, name + '.conf'), 'w') as f:
            f.write(text)


def action(folder):
    """The second step; the first one builds, which has been done."""
    document = load('action.yml')
    build, check = document['runs']['steps']
    expect(build['run'].split()[-1] == 'build', 'action.yml: the first step builds')
    inputs = {name: i.get('default', '') for name, i in document['inputs'].items()}

    def run(**given):
        values = dict(inputs, **given)
        variables = {k: re.sub(r'\$\{\{ inputs\.(\w+) \}\}', lambda m: values[m.group(1)], v)
                     for k, v in check['env'].items()}
        return shell(check['run'], folder, GITHUB_ACTION_PATH=TOP, DNSLINT=DNSLINT, **variables)

    p = run(files='faulty.conf', options='--target 9.18', sarif='out.sarif')
    expect(p.returncode == 1 and re.search(r'^::error file=faulty.conf,line=1,', p.stdout, re.M), 'action.yml: a faulty file')
    with open(os.path.join(folder, 'out.sarif')) as f:
        expect(json.load(f)['runs'][0]['results'], 'action.yml: the SARIF report')
    p = run(files='cl*.conf')
    expect(p.returncode == 0, f'action.yml: a clean file: {p.stdout}{p.stderr}')
    p = run(files='leads-out.conf')
    expect(p.returncode == 1 and 'include root' in p.stdout, 'action.yml: an include that leads out')


def job(folder):
    document = load('ci/gitlab.yml')
    lint = document['.dnslint']
    variables = dict(lint['variables'], DNSLINT_FILES='faulty.conf')
    p = shell('\n'.join(lint['script']), folder, **variables)
    expect(p.returncode == 1 and 'open-resolver' in p.stdout, 'gitlab.yml: a faulty file')
    for name in lint['artifacts']['reports'].values():
        expect(os.path.getsize(os.path.join(folder, name)) > 20, f'gitlab.yml: {name}')
    p = shell('\n'.join(lint['script']), folder, **dict(variables, DNSLINT_FILES='clean.conf'))
    expect(p.returncode == 0, 'gitlab.yml: a clean file')


def named_as_option(folder):
    """A file of the change whose name is an option is a file, and no option."""
    below = os.path.join(folder, 'odd')
    os.mkdir(below)
    for name in '--write-baseline=known.conf', '--no-heuristics':
        with open(os.path.join(below, name), 'w') as f:
            f.write(FAULTY)
    variables = {'DNSLINT_FILES': '*', 'DNSLINT_OPTIONS': '--server named'}
    job = load('ci/gitlab.yml')['.dnslint']
    for what, script in (('action', '"$TOP/ci/check"'), ('gitlab', '\n'.join(job['script']))):
        p = shell(script, below, TOP=TOP, GITHUB_ACTION_PATH=TOP, DNSLINT=DNSLINT, **variables)
        expect(p.returncode == 1 and '--no-heuristics' in p.stdout and not os.path.exists(os.path.join(below, 'known.conf')),
               f'{what}: names of files are taken for options: {p.stdout}{p.stderr}')


def diff_job(folder):
    git = 'git -c user.name=a -c user.email=a@example.org '
    document = load('ci/gitlab.yml')['.dnslint-diff']
    variables = {k: v.replace('$CI_PROJECT_DIR', folder) for k, v in document['variables'].items()}
    p = shell(f'git init -q . && git add clean.conf && {git} commit -qm one && git rev-parse HEAD && cp faulty.conf clean.conf', folder)
    base = p.stdout.strip()
    # The runner checks out as one user, the image works as another.
    if os.getuid() == 0:
        shell('chown -R 65534 . && chmod -R a+rwX .', folder)
    variables.update(CI_MERGE_REQUEST_DIFF_BASE_SHA=base, DNSLINT_FILE='clean.conf')
    p = shell('\n'.join(document['script']), folder, **variables)
    expect(p.returncode == 0, f'gitlab.yml: diff: {p.stderr}')
    with open(os.path.join(folder, document['artifacts']['paths'][0])) as f:
        expect('widened' in f.readline(), 'gitlab.yml: the comment')


def container():
    """Its packages are those of ./dev, and its commands those of the build."""
    with open(os.path.join(TOP, 'Containerfile')) as f:
        text = f.read().replace('\\\n', ' ')
    with open(os.path.join(TOP, 'dev')) as f:
        packages = set(re.search(r"build_packages='([^']*)'", f.read()).group(1).split())
    runs = re.findall(r'^RUN (.*)$', text, re.M)
    expect(packages == set(runs[0].split('recommends')[1].split()), 'Containerfile: the packages of the build')
    for word in runs[1].split():
        expect(not word.startswith('./') or os.path.exists(os.path.join(TOP, word)), f'Containerfile: {word}')


def main():
    folder = tempfile.mkdtemp(prefix='dnslint-ci-')
    write(folder, faulty=FAULTY, clean=CLEAN)
    write(folder, **{'leads-out': 'include "/etc/passwd";\n' + CLEAN})
    action(folder)
    job(folder)
    named_as_option(folder)
    if shutil.which('git'):
        diff_job(folder)
    container()
    shutil.rmtree(folder)
    print(f'{failed} failures')
    sys.exit(failed > 0)


main()
