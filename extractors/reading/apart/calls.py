"""System calls that no reader of papers has a use for: refused by the kernel, with or without bubblewrap.

A filter as seccomp(2) describes it, written out. New connections, other people's processes, new namespaces,
mounts, modules and keys are "not permitted"; the newest form of `clone`, whose flags no filter can read,
"does not exist", and the C library then takes the older one. Machines of another kind have no filter.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Iterator
from typing import NamedTuple


class Machine(NamedTuple):
    """What audit.h calls the machine, and its numbers of `clone` and of the calls that are refused."""

    audit: int
    clone: int
    refused: tuple[int, ...]


_EVERYWHERE = (425, 426, 427, 428, 429, 430, 431, 432, 433, 442)
"""io_uring_setup, _enter, _register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick and
mount_setattr."""
_HERE = (41, 101, 155, 161, 165, 166, 167, 175, 176, 246, 248, 249, 250, 272, 298, 308, 310, 311, 321, 323)
_THERE = (198, 117, 41, 51, 40, 39, 224, 105, 106, 104, 217, 218, 219, 97, 241, 268, 270, 271, 280, 282)
"""socket, ptrace, pivot_root, chroot, mount, umount2, swapon, init_module, delete_module, kexec_load,
add_key, request_key, keyctl, unshare, perf_event_open, setns, process_vm_readv, process_vm_writev, bpf,
userfaultfd, and with them finit_module, open_by_handle_at; see asm/unistd_64.h and asm-generic/unistd.h."""
_MACHINES = {
    "x86_64": Machine(0xC000003E, 56, (*_HERE, 313, 304)),
    "aarch64": Machine(0xC00000B7, 220, (*_THERE, 273, 265)),
}
_CLONE3, _NEW_USER_NAMESPACE = 435, 0x10000000
_FOREIGN = 0x40000000
"""Numbers from here on are those of x32."""
_NUMBER, _AUDIT, _FLAGS = 0, 4, 16
"""Where struct seccomp_data holds the number, the machine and the first argument."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_ABSENT = 0x00050000 | errno.ENOSYS
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.c_char_p))


def refuse() -> bool:
    """Refuse the calls to this process and to all that it starts, for good; say whether the kernel does."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    steps = b"".join(_steps(machine))
    program = _Program(len(steps) // 8, steps)
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(machine: Machine) -> Iterator[bytes]:
    """Yield the filter, step by step."""
    yield _step(_LOAD, _AUDIT)
    yield from _if(_EQUAL, machine.audit, otherwise=_REFUSE)
    yield _step(_LOAD, _NUMBER)
    yield from _if(_AT_LEAST, _FOREIGN, then=_REFUSE)
    yield from _if(_EQUAL, _CLONE3, then=_ABSENT)
    for number in (*machine.refused, *_EVERYWHERE):
        yield from _if(_EQUAL, number, then=_REFUSE)
    yield from _if(_EQUAL, machine.clone, otherwise=_ALLOW)
    yield _step(_LOAD, _FLAGS)
    yield from _if(_ANY_BIT, _NEW_USER_NAMESPACE, then=_REFUSE)
    yield _step(_ANSWER, _ALLOW)


def _if(question: int, value: int, *, then: int | None = None, otherwise: int = 0) -> Iterator[bytes]:
    """Yield the steps that give the answer *then* if what was loaded is so, or *otherwise* if it is not."""
    yield _step(question, value, 0 if then is not None else 1, 1 if then is not None else 0)
    yield _step(_ANSWER, otherwise if then is None else then)


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """Return struct sock_filter: what to do, where to go on after a question, and a value."""
    return struct.pack("=HBBI", code, if_so, if_not, value)
