#!/usr/bin/env python3
"""Replay what real servers answered against what dnslint predicts.

Each folder of testdata/predict holds a configuration (with @DIR@ for the
folder itself), its zone files, and truth.tsv: probes and what came back from
BIND 9.18 or Unbound 1.17 on a host with the addresses below. Every probe must
agree in outcome, `ra`, `aa` and rcode, where ZONE and UPSTREAM stand for
whatever the data of a zone or the outside world gave.
"""
import os, shutil, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
INTERFACES = ['127.0.0.1/8', '::1/128', '10.1.0.1/16', '2001:db8:1::1/64',
              '192.168.50.1/24']
PROBE = ['client', 'dest', 'qname', 'qtype', 'rd', 'tsig', 'proto']
SILENT = {'TIMEOUT', 'CLOSED', 'DROP'}
DATA = {'NOERROR', 'NXDOMAIN', 'SERVFAIL'}


def agrees(real, said):
    """real: rcode, aa, ra of the answer; said: the same of the prediction."""
    if real[0] in SILENT or said[0] in SILENT:
        return real[0] in SILENT and said[0] in SILENT
    rcode = real[0] == said[0] or said[0] in ('ZONE', 'UPSTREAM') and real[0] in DATA
    return rcode and real[2] == said[2] and said[1] in ('?', real[1])


def predict(folder, name, rows):
    probes = os.path.join(folder, 'probes.tsv')
    with open(probes, 'w') as f:
        f.write('\t'.join(PROBE) + '\n')
        f.writelines('\t'.join(r[:7]) + '\n' for r in rows)
    command = [DNSLINT, 'predict', '--no-policy', '--probes', probes, '--format', 'tsv',
               '--target', '9.18' if name == 'named.conf' else '1.17']
    for address in INTERFACES:
        command += ['--interface', address]
    p = subprocess.run(command + [os.path.join(folder, name)], capture_output=True, text=True,
                       timeout=120)
    if p.stderr:
        print(p.stderr[:500])
    return [line.split('\t') for line in p.stdout.splitlines()[1:]]


def replay(source):
    folder = tempfile.mkdtemp(prefix='dnslint-predict-')
    for f in os.listdir(source):
        shutil.copy(os.path.join(source, f), folder)
    name = 'named.conf' if os.path.exists(os.path.join(folder, 'named.conf')) else 'unbound.conf'
    path = os.path.join(folder, name)
    with open(path) as f:
        text = f.read().replace('@DIR@', folder)
    with open(path, 'w') as f:
        f.write(text)
    with open(os.path.join(folder, 'truth.tsv')) as f:
        rows = [line.rstrip('\n').split('\t') for line in f][1:]
    answers = predict(folder, name, rows)
    shutil.rmtree(folder)
    if len(answers) != len(rows):
        print(f'{source}: {len(answers)} answers to {len(rows)} probes')
        return len(rows), len(rows)
    wrong = 0
    for row, answer in zip(rows, answers):
        if not agrees(row[7:10], answer[7:10]):
            wrong += 1
            print(f'{source}:', '\t'.join(row), '- predicted', '\t'.join(answer[7:]))
    return len(rows), wrong


def main():
    base = os.path.join(TOP, 'testdata', 'predict')
    probes = wrong = 0
    folders = sorted(os.listdir(base))
    for folder in folders:
        n, bad = replay(os.path.join(base, folder))
        probes += n
        wrong += bad
    print(f'{len(folders)} configurations, {probes} probes, {wrong} predicted wrongly')
    sys.exit(0 if probes > 0 and wrong == 0 else 1)


main()
