"""A network of its own in which real servers run and any address can ask.

Everything happens in one network namespace. The addresses of HOST are on its
loopback device; every other address is routed there too, so that a client may
have any source address, while the server sees only HOST as its own. A stand-in
for the root servers answers whatever is looked up: A with 192.0.2.1, unless the
first label is nx: there is no such name.
"""
import ctypes, errno, os, re, select, signal, socket, struct, subprocess, sys, threading, time

import wire

HOST = ['127.0.0.1/8', '::1/128', '10.1.0.1/16', '2001:db8:1::1/64', '192.168.50.1/24']
DESTINATIONS = ['127.0.0.1', '::1', '10.1.0.1', '2001:db8:1::1', '192.168.50.1']
ROOTS = ['198.41.0.4', '170.247.170.2', '192.33.4.12', '199.7.91.13', '192.203.230.10',
         '192.5.5.241', '192.112.36.4', '198.97.190.53', '192.36.148.17', '192.58.128.30',
         '193.0.14.129', '199.7.83.42', '202.12.27.33']
# Where the delegations of the zone files lead.
OTHERS = ['192.0.2.1', '192.0.2.53']
KEYS = {'k1': 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDE=',
        'k2': 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDI=',
        'k9': 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDk='}
PORTS = [53, 5353]
SKIP = 77
# Seconds that a server may take to start: one that fails to ends much earlier,
# so that only a host with much else to do comes near it.
START = 60
IPV6_FREEBIND = 78
NEWUSER, NEWNET = 0x10000000, 0x40000000


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


def skip(why):
    print(f'skipped: {why}')
    sys.exit(SKIP)


def enter():
    """Move this process into a fresh network; leave with SKIP where it cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(NEWNET if uid == 0 else NEWUSER | NEWNET) != 0:
        skip('no network namespace: ' + os.strerror(ctypes.get_errno()))
    if uid != 0:
        for path, text in (('setgroups', 'deny'), ('uid_map', f'0 {uid} 1'), ('gid_map', f'0 {gid} 1')):
            with open(f'/proc/self/{path}', 'w') as f:
                f.write(text)
    try:
        run('ip', 'link', 'set', 'lo', 'up')
        for address in HOST:
            family = '-6' if ':' in address else '-4'
            if address not in ('127.0.0.1/8', '::1/128'):
                run('ip', family, 'address', 'add', address, 'dev', 'lo')
        run('ip', 'route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo', 'table', 'local')
        run('ip', '-6', 'route', 'add', 'local', '::/0', 'dev', 'lo', 'table', 'local')
        subprocess.run(['sh', '-c', 'ip route show table local type broadcast | while read -r r;'
                        ' do ip route del $r table local; done'], capture_output=True)
        time.sleep(0.1)
    except (OSError, subprocess.CalledProcessError) as e:
        skip(f'no addresses in the namespace: {e}')
    start_root()


def start_root():
    """Over UDP alone: a server that listens everywhere needs the TCP port. On
    all of PORTS, since named asks others at the port that it listens on."""
    sockets = []
    for address in ROOTS + OTHERS:
        for port in PORTS:
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((address, port))
            sockets.append(s)
    threading.Thread(target=serve_root, args=(sockets,), daemon=True).start()


def root_answer(m):
    end = wire.skip_name(m, 12)
    qname, qtype = m[12:end].lower(), struct.unpack('!H', m[end:end + 2])[0]
    query = m[12:end + 4]
    answers = authority = extra = b''
    missing = qname.startswith(wire.name('nx')[:-1])
    if qtype == 2 and qname == b'\0':
        host = wire.name('a.root-servers.net')
        answers = b'\0' + struct.pack('!HHIH', 2, 1, 3600, len(host)) + host
        extra = host + struct.pack('!HHIH', 1, 1, 3600, 4) + socket.inet_aton(ROOTS[0])
    elif qtype == 1 and not missing:
        address = ROOTS[0] if qname.endswith(wire.name('root-servers.net')) else '192.0.2.1'
        answers = b'\xc0\x0c' + struct.pack('!HHIH', 1, 1, 60, 4) + socket.inet_aton(address)
    if not answers:
        soa = b'\0\0' + struct.pack('!5I', 1, 3600, 600, 86400, 60)
        owner = 12 if qtype != 43 or qname == b'\0' else 13 + qname[0]
        authority = struct.pack('!H', 0xc000 | owner) + struct.pack('!HHIH', 6, 1, 60, len(soa)) + soa
    opt = b'\0' + struct.pack('!HHIH', wire.OPT, 1232, 0, 0)
    return (m[:2] + struct.pack('!HHHHH', 0x8400 | (m[2] & 1) << 8 | (3 if missing else 0), 1, bool(answers),
                                bool(authority), 1 + bool(extra)) +
            query + answers + authority + extra + opt)


def serve_root(sockets):
    while True:
        for s in select.select(sockets, [], [])[0]:
            try:
                data, peer = s.recvfrom(4096)
                s.sendto(root_answer(data), peer)
            except (OSError, IndexError, struct.error):
                pass


class Server:
    """named or unbound on the configuration `path`, until stop()."""

    def __init__(self, kind, path):
        folder = os.path.dirname(path)
        if kind == 'named':
            command = ['named', '-g', '-n', '1', '-c', path]
            ready = re.compile(rb' running\n')
        else:
            command = ['unbound', '-d', '-c', path]
            ready = re.compile(rb'start of service')
        self.log = os.path.join(folder, 'server.log')
        out = open(self.log, 'wb')
        self.process = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
        self.up = False
        deadline = time.time() + START
        while time.time() < deadline and self.process.poll() is None:
            with open(self.log, 'rb') as f:
                if ready.search(f.read()):
                    self.up = True
                    break
            time.sleep(0.02)

    def complaint(self):
        """What it says last of what is wrong."""
        with open(self.log, errors='replace') as f:
            lines = [line.strip() for line in f if re.search('error|fatal|failed|loading configuration', line)]
        return ' / '.join(line[-120:] for line in lines[-3:])

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Asked:
    def __init__(self, probe, port):
        client, dest, qname, qtype, rd, tsig, proto = probe
        self.family = socket.AF_INET6 if ':' in dest else socket.AF_INET
        self.probe, self.proto, self.port = probe, proto, port
        key = None if tsig == '-' else (tsig, KEYS[tsig])
        self.message = wire.question(qname, qtype, rd == '1', key)
        self.answer, self.data, self.socket = None, b'', None

    def start(self):
        client, dest = self.probe[:2]
        kind = socket.SOCK_STREAM if self.proto == 'tcp' else socket.SOCK_DGRAM
        s = self.socket = socket.socket(self.family, kind)
        s.setblocking(False)
        if self.family == socket.AF_INET6:
            s.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)
        try:
            s.bind((client, 0))
            # Not connected: a server that listens everywhere may answer from
            # another of its addresses.
            error = 0 if self.proto == 'udp' else s.connect_ex((dest, self.port))
            if self.proto == 'udp':
                s.sendto(self.message, (dest, self.port))
            elif error not in (0, errno.EINPROGRESS):
                self.end(('CLOSED', '-', '-', '-'))
        except OSError as e:
            self.end(('CLOSED' if e.errno == errno.ECONNREFUSED else f'ERROR {e}', '-', '-', '-'))

    def end(self, answer):
        self.answer = answer
        self.socket.close()

    def write(self):
        if self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            return self.end(('CLOSED', '-', '-', '-'))
        self.socket.send(struct.pack('!H', len(self.message)) + self.message)

    def read(self):
        try:
            data = self.socket.recv(65535)
        except ConnectionRefusedError:
            return self.end(('CLOSED', '-', '-', '-'))
        except OSError:
            return self.end(('TIMEOUT', '-', '-', '-'))
        if self.proto == 'udp':
            return self.end(wire.answer(data))
        self.data += data
        if not data:
            return self.end(('TIMEOUT', '-', '-', '-'))
        if len(self.data) >= 2 and len(self.data) - 2 >= struct.unpack('!H', self.data[:2])[0]:
            self.end(wire.answer(self.data[2:]))


def ask(probes, wait=0.6, port=53):
    """Answers to the probes, asked all at once in groups. Nothing more is waited
    for `wait` seconds after the last answer of a group."""
    asked = [Asked(p, port) for p in probes]
    for i in range(0, len(asked), 100):
        ask_group(asked[i:i + 100], wait)
    return [a.answer for a in asked]


def ask_group(group, wait):
    poll, by_fd, unsent = select.poll(), {}, set()
    for a in group:
        a.start()
        if a.answer is None:
            fd = a.socket.fileno()
            by_fd[fd] = a
            if a.proto == 'tcp':
                unsent.add(fd)
            poll.register(fd, select.POLLOUT if a.proto == 'tcp' else select.POLLIN)
    deadline = time.time() + wait
    while by_fd and time.time() < deadline:
        for fd, _ in poll.poll(max(1, (deadline - time.time()) * 1000)):
            a = by_fd[fd]
            if fd in unsent:
                unsent.discard(fd)
                a.write()
                poll.modify(fd, select.POLLIN) if a.answer is None else None
            else:
                a.read()
            if a.answer is not None:
                poll.unregister(fd)
                del by_fd[fd]
                deadline = time.time() + wait
    for a in by_fd.values():
        a.end(('TIMEOUT', '-', '-', '-'))
