#!/usr/bin/env python3
"""Replay small cases, one behaviour each, that real servers answered.

testdata/cases/named and unbound hold NAME.conf (@DIR@ is the folder) and
NAME.probes: questions with the rcode, aa and ra that came back from BIND 9.18
and Unbound 1.17, or the release that the first line names. doc/semantics.md
refers to them by name. Questions that a probe cannot express (odd opcodes,
ports, cookies, odd headers) are left out.
"""
import os, re, shutil, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
INTERFACES = ['127.0.0.1/8', '::1/128', '10.1.0.1/16', '2001:db8:1::1/64', '192.168.50.1/24']
COLUMNS = ['client', 'dest', 'qname', 'qtype', 'rd', 'tsig', 'proto']
SILENT = {'TIMEOUT', 'CLOSED', 'DROP'}
DATA = {'NOERROR', 'NXDOMAIN', 'SERVFAIL'}
CHAOS = {'version.bind', 'hostname.bind', 'id.server', 'authors.bind', 'version.server',
         'trustanchor.unbound'}
ODD = ('opcode=iquery', 'opcode=status', 'port=', 'cookie', 'nocookie', 'ednsver', 'qflags', 'noedns', 'class=HS',
       'class=NONE', 'class=ANY', 'class=CLASS')


def usable(row):
    """The probe of a recorded line, or None."""
    client, dest, qname, qtype, rd, tsig, *_ = row
    notes = row[9].split() if len(row) > 9 else []
    if any(n.startswith(ODD) for n in notes) or tsig == 'badk1':
        return None
    chaos = qname.lower().rstrip('.') in CHAOS
    if chaos != ('class=CH' in notes):
        return None
    if qtype == 'IXFR' and 'ixfr-serial=1' not in notes or not re.fullmatch('[A-Z0-9*]+', qtype):
        return None
    if 'opcode=update' in notes or 'opcode=notify' in notes:
        qtype = 'UPDATE' if 'opcode=update' in notes else 'NOTIFY'
    proto = 'tcp' if 'proto=tcp' in notes or qtype == 'AXFR' and 'proto=udp' not in notes else 'udp'
    return [client, dest, qname, qtype, rd, tsig, proto]


def agrees(real, said):
    if said[0] == 'UNKNOWN' or real[0] in SILENT or said[0] in SILENT:
        return said[0] == 'UNKNOWN' or real[0] in SILENT and said[0] in SILENT
    code = real[0] == said[0] or said[0] in ('ZONE', 'UPSTREAM') and real[0] in DATA
    return code and said[2] in ('?', real[2]) and said[1] in ('?', real[1])


def replay(folder, name, server):
    path = os.path.join(folder, name + '.conf')
    with open(path) as f:
        text = f.read()
    with open(path, 'w') as f:
        f.write(text.replace('@DIR@', folder))
    release = re.search(r'recorded with \w+ ([0-9.]+)', text.split('\n')[0])
    target = '.'.join(release.group(1).split('.')[:2]) if release else {'named': '9.18', 'unbound': '1.17'}[server]
    with open(os.path.join(folder, name + '.probes')) as f:
        rows = [line.rstrip('\n').split('\t') for line in f][1:]
    pairs = [(usable(r), r) for r in rows if usable(r)]
    table = os.path.join(folder, 'table.tsv')
    with open(table, 'w') as f:
        f.write('\t'.join(COLUMNS) + '\n' + ''.join('\t'.join(p) + '\n' for p, _ in pairs))
    command = [DNSLINT, 'predict', '--no-policy', '--server', server, '--target', target,
               '--probes', table, '--format', 'tsv']
    for address in INTERFACES:
        command += ['--interface', address]
    run = subprocess.run(command + [path], capture_output=True, text=True, timeout=60)
    answers = [line.split('\t') for line in run.stdout.splitlines()[1:]]
    if len(answers) != len(pairs):
        print(f'{server}/{name}: {run.stderr[:200]}')
        return len(pairs), len(pairs), 0
    wrong = unknown = 0
    for (probe, row), said in zip(pairs, answers):
        unknown += said[7] == 'UNKNOWN'
        if not agrees(row[6:9], said[7:10]):
            wrong += 1
            print(f'{server}/{name}:', ' '.join(row[:9]), row[9][:60] if len(row) > 9 else '', '- predicted',
                  '/'.join(said[7:11]), said[-1].split('/')[-1])
    return len(pairs), wrong, unknown


def main():
    failed = False
    for server in ('named', 'unbound'):
        base = tempfile.mkdtemp(prefix='dnslint-cases-')
        folder = os.path.join(base, server)
        shutil.copytree(os.path.join(TOP, 'testdata', 'cases', server), folder)
        subprocess.run(['chmod', '-R', 'u+w', folder], check=True)
        names = sorted(f[:-7] for f in os.listdir(folder) if f.endswith('.probes'))
        total = [0, 0, 0]
        for name in names:
            total = [a + b for a, b in zip(total, replay(folder, name, server))]
        shutil.rmtree(base)
        print(f'{server}: {len(names)} cases, {total[0]} questions, {total[1]} predicted wrongly, '
              f'{total[2]} unknown')
        failed |= total[1] > 0 or not names
    sys.exit(failed)


main()
