"""Start the workers of tensorflow_workers.py on this machine, as torchrun does for PyTorch.

    python scale/local_workers.py 2 --epochs 3

The first argument is the number of workers, the rest goes to the script. Ends when all have ended, with the first
status that is not 0; if one fails the others are stopped.
"""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path


def free_ports(count):
    """Ports of this machine that nobody uses."""
    sockets = [socket.create_server(("localhost", 0)) for _ in range(count)]
    ports = [found.getsockname()[1] for found in sockets]
    for found in sockets:
        found.close()
    return ports


def main(count, *arguments):
    addresses = [f"localhost:{port}" for port in free_ports(int(count))]
    workers = []
    for index in range(len(addresses)):
        config = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
        environment = os.environ | {"TF_CONFIG": json.dumps(config)}
        command = [sys.executable, str(Path(__file__).with_name("tensorflow_workers.py")), *arguments]
        workers.append(subprocess.Popen(command, env=environment))
    try:
        while any(worker.poll() is None for worker in workers) and not any(worker.poll() for worker in workers):
            time.sleep(0.1)
        return next((worker.returncode for worker in workers if worker.poll()), 0)
    finally:
        for worker in workers:
            worker.kill()


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].isdigit() or sys.argv[1] == "0":
        sys.exit("Say how many workers to start, as in: python scale/local_workers.py 2")
    sys.exit(main(*sys.argv[1:]))
