"""TFLite with XNNPACK on one thread: answers lines `detector 20` and `mesh 20` with the milliseconds of each run."""

import sys
import time

import numpy as np
from ai_edge_litert.interpreter import Interpreter


def load(path: str, picture: str) -> Interpreter:
    interpreter = Interpreter(path, num_threads=1)
    interpreter.allocate_tensors()
    detail = interpreter.get_input_details()[0]
    interpreter.set_tensor(detail["index"], np.fromfile(picture, np.float32).reshape(detail["shape"]))
    return interpreter


networks = {"detector": load(*sys.argv[1:3]), "mesh": load(*sys.argv[3:5])}
print("ready XNNPACK", flush=True)
for line in sys.stdin:
    name, count = line.split()
    interpreter = networks[name]
    times = []
    for _ in range(int(count)):
        start = time.perf_counter()
        interpreter.invoke()
        times.append((time.perf_counter() - start) * 1e3)
    print(*times, flush=True)
