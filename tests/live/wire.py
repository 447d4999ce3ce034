"""DNS messages, as far as the live tests need them: questions, signed or not,
and the header and extended errors of answers (RFC 1035, 6891, 8914, 8945)."""
import base64, hashlib, hmac, os, re, struct, time

TYPES = {'A': 1, 'NS': 2, 'CNAME': 5, 'SOA': 6, 'PTR': 12, 'MX': 15, 'TXT': 16, 'AAAA': 28,
         'SRV': 33, 'DNAME': 39, 'DS': 43, 'RRSIG': 46, 'NSEC': 47, 'DNSKEY': 48, 'TLSA': 52, 'SVCB': 64,
         'HTTPS': 65, 'CAA': 257, 'NULL': 10, 'WKS': 11, 'A6': 38, 'SIG': 24, 'KEY': 25, 'NAPTR': 35, 'OPT': 41, 'NSEC3': 50,
         'NSEC3PARAM': 51, 'CDS': 59, 'SPF': 99, 'TKEY': 249, 'IXFR': 251, 'AXFR': 252, 'MAILB': 253, 'MAILA': 254, 'ANY': 255}
RCODES = {0: 'NOERROR', 1: 'FORMERR', 2: 'SERVFAIL', 3: 'NXDOMAIN', 4: 'NOTIMP', 5: 'REFUSED',
          8: 'NXRRSET', 9: 'NOTAUTH', 16: 'BADVERS', 23: 'BADCOOKIE'}
CHAOS = {'authors.bind', 'hostname.bind', 'id.server', 'version.bind', 'version.server',
         'trustanchor.unbound'}
OPT, TSIG, EDE_OPTION = 41, 250, 15


def labels(text):
    """Those of a name as it is written: \\. and \\DDD stand for octets."""
    out, at = [b''], 0
    while at < len(text):
        m = re.match(r'\\(?:(\d\d\d)|(.))|(.)', text[at:])
        if m.group(3) == '.':
            out.append(b'')
        else:
            out[-1] += bytes([int(m.group(1))]) if m.group(1) else (m.group(2) or m.group(3)).encode()
        at += m.end()
    return [label for label in out if label]


def name(text):
    return b''.join(bytes([len(label)]) + label for label in labels(text)) + b'\0'


def type_number(text):
    return TYPES[text] if text in TYPES else int(text.removeprefix('TYPE'))


def question(qname, qtype, rd, key=None):
    """`key`: (name, base64 secret) for HMAC-SHA256, or None. The types UPDATE
    and NOTIFY stand for messages of these kinds, the former without changes."""
    qclass = 3 if b'.'.join(labels(qname)).decode('latin-1').lower() in CHAOS else 1
    opcode = {'UPDATE': 5, 'NOTIFY': 4}.get(qtype, 0)
    number = type_number('SOA' if opcode else qtype)
    authority = b''
    if qtype == 'IXFR':
        soa = name('.') * 2 + struct.pack('!5I', 0xffffffff, 2, 3, 4, 5)
        authority = name(qname) + struct.pack('!HHIH', 6, qclass, 0, len(soa)) + soa
    ident = os.urandom(2)
    flags = opcode << 11 | (0x100 if rd else 0)
    head = ident + struct.pack('!HHHHH', flags, 1, 0, 1 if authority else 0, 1)
    body = name(qname) + struct.pack('!HH', number, qclass) + authority
    body += b'\0' + struct.pack('!HHIH', OPT, 1232, 0, 0)
    return head + body if key is None else sign(head + body, *key)


def sign(message, key_name, secret):
    algorithm, now = name('hmac-sha256'), int(time.time())
    timers = struct.pack('!HIH', now >> 32, now & 0xffffffff, 300)
    covered = message + name(key_name) + struct.pack('!HI', 255, 0) + algorithm + timers
    covered += struct.pack('!HH', 0, 0)
    mac = hmac.new(base64.b64decode(secret), covered, hashlib.sha256).digest()
    data = algorithm + timers + struct.pack('!H', len(mac)) + mac + message[:2]
    data += struct.pack('!HH', 0, 0)
    record = name(key_name) + struct.pack('!HHIH', TSIG, 255, 0, len(data)) + data
    extra = struct.unpack('!H', message[10:12])[0] + 1
    return message[:10] + struct.pack('!H', extra) + message[12:] + record


def skip_name(m, at):
    while m[at]:
        if m[at] >= 0xc0:
            return at + 2
        at += m[at] + 1
    return at + 1


def answer(m):
    """(rcode, aa, ra, ede) of a message, as words."""
    flags, qd, an, ns, ar = struct.unpack('!HHHHH', m[2:12])
    rcode, errors, at = flags & 15, [], 12
    try:
        for _ in range(qd):
            at = skip_name(m, at) + 4
        for _ in range(an + ns + ar):
            at = skip_name(m, at)
            kind, _, ttl, length = struct.unpack('!HHIH', m[at:at + 10])
            data = m[at + 10:at + 10 + length]
            at += 10 + length
            if kind != OPT:
                continue
            rcode |= ttl >> 24 << 4
            while len(data) >= 4:
                code, size = struct.unpack('!HH', data[:4])
                if code == EDE_OPTION:
                    errors.append(str(struct.unpack('!H', data[4:6])[0]))
                data = data[4 + size:]
    except (IndexError, struct.error):
        pass  # a truncated message: its header is what counts
    return (RCODES.get(rcode, str(rcode)), str(flags >> 10 & 1), str(flags >> 7 & 1),
            ','.join(errors) or '-')
