"""Who reaches the channels beside DNS: rndc, unbound-control, statistics."""
import ipaddress, re, socket

import lab

WAIT = 1.5  # seconds
KINDS = {'statistics-exposed': 'statistics-channels', 'control-exposed': 'controls'}


def written(rule, kind, text):
    """(address, port) of the channels that the text has; '*' and '::' are all."""
    if kind == 'unbound':
        port = re.search(r'control-port:\s*(\d+)', text)
        found = re.findall(r'control-interface:\s*([0-9a-f.:]+)(?:@(\d+))?', text)
        return [(a, int(p or (port.group(1) if port else 8953))) for a, p in found]
    block = re.search(KINDS[rule] + r'\s*\{(.*?)^\}', text, re.S | re.M)
    default = 953 if rule == 'control-exposed' else 80
    return [(a, int(p or default)) for a, p in
            re.findall(r'inet\s+(\S+?)(?:\s+port\s+(\d+))?[\s;]', block.group(1) if block else '')]


def talk(client, dest, port, text):
    """What comes back; None: nothing yet, and b'': it is closed."""
    s = socket.socket(socket.AF_INET6 if ':' in dest else socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(WAIT)
    try:
        if ':' in dest:
            s.setsockopt(socket.IPPROTO_IPV6, lab.IPV6_FREEBIND, 1)
        s.bind((client, 0))
        s.connect((dest, port))
        s.sendall(text)
        return s.recv(4096)
    except TimeoutError:
        return None
    except OSError:
        return b''
    finally:
        s.close()


def lets_in(rule, kind, client, dest, port):
    """Where rndc may ask, named waits for it; the others close the connection."""
    if rule == 'statistics-exposed':
        return b' 200 ' in (talk(client, dest, port, b'GET / HTTP/1.0\r\n\r\n') or b'')
    if kind == 'unbound':
        return b'version' in (talk(client, dest, port, b'UBCT1 status\n') or b'')
    return talk(client, dest, port, b'') is None


def are_open(rule, kind, text, path, clients, own):
    """Does some channel let some of the clients in? None: it does not start.
    What is at private addresses nobody from outside gets to."""
    server = lab.Server(kind, path)
    try:
        if not server.up:
            return None
        for address, port in written(rule, kind, text):
            every = address in ('*', '::', '0.0.0.0')
            reached = own if every else [address] if ipaddress.ip_address(address).is_global else []
            for dest in reached:
                for client in clients:
                    if (':' in client) == (':' in dest) and lets_in(rule, kind, client, dest, port):
                        return True
        return False
    finally:
        server.stop()
