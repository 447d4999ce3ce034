#!/usr/bin/env python3
"""The guard before reloads, with servers that run: a configuration that would not
load, or would refuse a declared client, is held back with the reason, and the
server goes on as before; once it is mended, the reload comes through.

Which configuration a server has is seen by who is refused: the client NEW is
added by the good change alone.
"""
import os, shutil, subprocess, sys, tempfile, time

import lab

if os.environ.get('SHORT'):
    print('skipped: the short suite leaves it out')
    sys.exit(77)

OLD, NEW = '10.1.7.7', '10.2.7.7'
PATIENCE = 60  # seconds
KEY = 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDE='

NAMED = '''include "%(dir)s/acl.conf";
options {
	directory "%(dir)s";
	pid-file "%(dir)s/named.pid";
	session-keyfile "%(dir)s/session.key";
	listen-on { 10.1.0.1; };
	recursion yes;
	dnssec-validation no;
	allow-recursion { trusted; };
	allow-query-cache { trusted; };
};
key control { algorithm hmac-sha256; secret "%(key)s"; };
controls { inet 127.0.0.1 port 9953 allow { localhost; } keys { control; }; };
'''
RNDC = '''key control { algorithm hmac-sha256; secret "%(key)s"; };
options { default-key control; default-server 127.0.0.1; default-port 9953; };
'''
UNBOUND = '''server:
	chroot: ""
	username: ""
	directory: "%(dir)s"
	pidfile: "%(dir)s/unbound.pid"
	interface: 10.1.0.1
	module-config: "iterator"
	verbosity: 1
	use-syslog: no
	logfile: ""
	include: "%(dir)s/acl.conf"
remote-control:
	control-enable: yes
	control-use-cert: no
	control-interface: "%(dir)s/control"
'''
POLICY = '''version: 1
servers:
  - files: ["%s.conf"]
    role: resolver
    clients: [10.1.0.0/16]
'''
# What is in acl.conf: as it is first, unloadable, refusing in other ways, and good;
# what only the server refuses, Unbound by ending.
ACLS = {
    'named': {
        'first': 'acl trusted { 10.1.0.0/16; };\n',
        'broken': 'acl trusted { 10.1.0.0/16; 10.2.0.0/16 localhost; };\n',
        'refusing': 'acl trusted { 10.2.0.0/16; };\n',
        'shutting out': 'acl trusted { 10.1.0.0/16; };\n'
                        'view all { match-clients { any; }; recursion no; };\n',
        'deceptive': 'acl trusted { 10.1.0.0/16; };\nzone "example" { type primary;'
                     ' file "none"; allow-query { undefined; }; };\n',
        'good': 'acl trusted { 10.1.0.0/16; 10.2.0.0/16; };\n',
    },
    'unbound': {
        'first': '\taccess-control: 10.1.0.0/16 allow\n',
        'broken': '\taccess-control: 10.1.0.0/16 alow\n',
        'refusing': '\taccess-control: 10.2.0.0/16 allow\n',
        'shutting out': '\taccess-control: 10.1.0.0/16 deny\n',
        'deceptive': '\taccess-control: 10.1.0.0/16 allow\n'
                     '\tresponse-ip: 192.0.2.0/24 deny\n',
        'good': '\taccess-control: 10.1.0.0/16 allow\n\taccess-control: 10.2.0.0/16 allow\n',
    },
}


class Trial:
    def __init__(self, kind, guard, folder):
        self.kind, self.guard, self.folder = kind, guard, folder
        self.file = os.path.join(folder, kind + '.conf')
        self.failures = 0
        values = {'dir': folder, 'key': KEY}
        self.write(kind + '.conf', (NAMED if kind == 'named' else UNBOUND) % values)
        self.write('rndc.conf', RNDC % values)
        self.write('.dnslint.yaml', POLICY % kind)
        self.acl('first')

    def write(self, name, text):
        with open(os.path.join(self.folder, name), 'w') as f:
            f.write(text)

    def acl(self, which):
        self.write('acl.conf', ACLS[self.kind][which])

    def command(self, *words):
        if self.kind == 'named':
            return ['rndc', '-c', os.path.join(self.folder, 'rndc.conf'), *words]
        return ['unbound-control', '-c', self.file, *words]

    def run(self, *words, environment=None, how=None):
        """The command of the server's tool, with the guard in front of it."""
        options = ['-c', self.file] if self.kind == 'named' else []
        return subprocess.run(how or [self.guard, *options, *self.command(*words)],
                              env={**os.environ, **(environment or {})}, cwd=self.folder,
                              capture_output=True, text=True)

    def check(self, what, holds, *shown):
        if not holds:
            self.failures += 1
            print(f'{self.kind}: not so: {what}')
            for r in shown:
                print(f'status {r.returncode}\n{r.stdout}{r.stderr}')

    def state(self):
        """What the clients get; no answer may come from a busy host as well."""
        probes = [(client, '10.1.0.1', f'x{time.time_ns()}.example', 'A', '1', '-', 'udp')
                  for client in (OLD, NEW)]
        return tuple(a[0] for a in lab.ask(probes, wait=2))

    def comes_to(self, what, *wanted):
        """Servers say so themselves, REFUSED or not: however long it takes."""
        deadline = time.time() + PATIENCE
        while (state := self.state()) != wanted and time.time() < deadline:
            time.sleep(0.1)
        self.check(f'{what}: old and new client get {state}', state == wanted)

    def serves(self, what, new):
        """Both clients get what they should; if nothing was to change, they still
        do a little later."""
        wanted = ('NOERROR', 'NOERROR' if new else 'REFUSED')
        self.comes_to(what, *wanted)
        if not new:
            time.sleep(0.3)
            self.comes_to(what + ', somewhat later', *wanted)


def held_back(t, which, reload, reason, status=1):
    t.acl(which)
    for how in (None, t.link_run(reload)):
        r = t.run(reload, how=how)
        t.check(f'{reload} of the {which} file is held back', r.returncode == status, r)
        t.check(f'the reason of it is told: {reason}', reason in r.stderr, r)
    t.serves(f'after {reload} of the {which} file', False)


def add_link_run(t):
    """The guard under the name of the tool, first in PATH."""
    links = os.path.join(t.folder, 'links')
    os.mkdir(links)
    tool = t.command()[0]
    os.symlink(t.guard, os.path.join(links, tool))
    os.environ['DNSLINT_NAMED_CONF'] = t.file
    t.link_run = lambda *words: [os.path.join(links, tool), *t.command(*words)[1:]]


def passes_untouched(t):
    """Other commands do not ask dnslint; unbound-control itself reads the file."""
    t.acl('refusing')
    r = t.run('status')
    t.check('status is passed on', r.returncode == 0 and 'dnslint' not in r.stderr, r)
    r = t.run('no-such-command')
    t.check('its exit status too', r.returncode != 0 and 'held back' not in r.stderr, r)


def runs_commands(t):
    """The form for units: a server's options, and a command behind them."""
    command = [t.guard, t.kind, '-c', t.file, '--', 'echo', 'handed over']
    t.acl('refusing')
    r = t.run(how=command)
    t.check('a command is held back', r.returncode == 1 and not r.stdout, r)
    start = [t.guard, '-s', t.kind, '-c', t.file]
    r = t.run(how=start)
    t.check('a start is not', r.returncode == 0 and 'declared client' in r.stderr, r)
    t.acl('broken')
    r = t.run(how=start)
    t.check('a start that would fail is', r.returncode == 1 and 'held back' in r.stderr, r)
    t.acl('good')
    r = t.run(how=command)
    t.check('a command is run', r.returncode == 0 and r.stdout == 'handed over\n', r)


def unjudged(t):
    os.rename(os.path.join(t.folder, 'acl.conf'), os.path.join(t.folder, 'gone'))
    r = t.run('reload')
    t.check('what cannot be read is held back', r.returncode == 2 and 'cannot be' in r.stderr, r)
    os.rename(os.path.join(t.folder, 'gone'), os.path.join(t.folder, 'acl.conf'))
    r = t.run('reload', environment={'DNSLINT': '/no/such/program'})
    t.check('without dnslint nothing passes', r.returncode == 2, r)


def trial(t):
    """Every step in turn, on one server that runs all the time."""
    server = lab.Server(t.kind, t.file)
    if not server.up:
        with open(server.log, errors='replace') as f:
            print(f.read())
        t.check('the server starts', False)
        return
    try:
        add_link_run(t)
        t.serves('at first', False)
        reloads = ['reload', 'reconfig'] if t.kind == 'named' else ['reload', 'reload_keep_cache']
        out = 'recursion is off' if t.kind == 'named' else 'get no answer at all'
        broken = "missing ';'" if t.kind == 'named' else "'alow' is none of"
        for reload in reloads:
            held_back(t, 'broken', reload, broken)
            held_back(t, 'refusing', reload, 'declared clients get')
            held_back(t, 'shutting out', reload, out)
            held_back(t, 'deceptive', reload, 'does not start')
        passes_untouched(t)
        runs_commands(t)
        unjudged(t)
        t.serves('after all that', False)
        t.acl('good')
        r = t.run('reload')
        t.check('the good file is loaded', r.returncode == 0, r)
        t.serves('after the good reload', True)
        t.acl('refusing')
        r = t.run('reload', environment={'DNSLINT_GUARD': 'off'})
        t.check('the override lets it pass, and says so',
                r.returncode == 0 and 'is not checked, by user' in r.stderr, r)
        t.comes_to('after the override', 'REFUSED', 'NOERROR')
    finally:
        server.stop()


def units(top, guard):
    """The drop-ins, as systemd reads them."""
    if shutil.which('systemd-analyze') is None:
        print('systemd-analyze is not there: the drop-ins are not read by it')
        return 0
    failures = 0
    for unit in 'named', 'unbound':
        path = f'/lib/systemd/system/{unit}.service'
        if not os.path.exists(path):
            continue
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(path, folder)
            os.mkdir(f'{folder}/{unit}.service.d')
            with open(f'{top}/guard/systemd/{unit}.conf.in') as f:
                text = f.read().replace('@sbindir@/dnslint-guard', guard)
            with open(f'{folder}/{unit}.service.d/dnslint.conf', 'w') as f:
                f.write(text)
            r = subprocess.run(['systemd-analyze', 'verify', '--man=no', f'{folder}/{unit}.service'],
                               env={**os.environ, 'SYSTEMD_UNIT_PATH': folder + ':'},
                               capture_output=True, text=True)
            if r.returncode != 0 or 'dnslint' in r.stderr:
                print(f'{unit}.service: {r.stdout}{r.stderr}')
                failures += 1
    return failures


def main():
    top = os.path.realpath(os.environ.get('srcdir', '.'))
    guard = os.path.join(top, 'guard', 'dnslint-guard')
    os.environ['DNSLINT'] = os.path.realpath(os.environ.get('DNSLINT', './dnslint'))
    os.environ.pop('DNSLINT_GUARD', None)
    failures = units(top, guard)
    kinds = [k for k in ('named', 'unbound') if shutil.which(k)]
    if not kinds:
        lab.skip('neither named nor unbound is installed')
    lab.enter()
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            t = Trial(kind, guard, folder)
            trial(t)
            failures += t.failures
            print(f'{kind}: {t.failures} failed')
    sys.exit(failures > 0)


if __name__ == '__main__':
    main()
