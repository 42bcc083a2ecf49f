"""A face network's TFLite file as ONNX, the same graph operator by operator, for the peers that read no TFLite.

General converters fail on these files (16-bit constants). Tensors of four dimensions are kept channel by channel.
"""

import sys

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

OPERATORS = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}
TYPES = {0: np.float32, 1: np.float16, 2: np.int32}


class Converter:
    def __init__(self, data: bytes):
        self.model = tflite.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.nodes, self.initializers, self.names = [], [], {}
        self.constants = {}
        for i in range(self.graph.TensorsLength()):
            tensor = self.graph.Tensors(i)
            buffer = self.model.Buffers(tensor.Buffer())
            if buffer.DataLength() > 0:
                values = np.frombuffer(buffer.DataAsNumpy().tobytes(), TYPES[tensor.Type()])
                self.constants[i] = values.reshape(self.shape(i))

    def shape(self, tensor: int) -> list[int]:
        found = self.graph.Tensors(tensor)
        return [int(side) for side in found.ShapeAsNumpy()] if found.ShapeLength() else []

    def add(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def convert(self) -> onnx.ModelProto:
        start = self.graph.Inputs(0)
        self.names[start] = self.add("Transpose", ["input"], "planes", perm=[0, 3, 1, 2])
        for i in range(self.graph.OperatorsLength()):
            self.operator(self.graph.Operators(i))
        outputs = []
        for i in range(self.graph.OutputsLength()):
            tensor = int(self.graph.Outputs(i))
            shape = self.shape(tensor)
            planar = shape if len(shape) == 3 else [shape[0], shape[3], shape[1], shape[2]]
            outputs.append(helper.make_tensor_value_info(self.names[tensor], TensorProto.FLOAT, planar))
        first = helper.make_tensor_value_info("input", TensorProto.FLOAT, self.shape(start))
        graph = helper.make_graph(self.nodes, "face", [first], outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        return model

    def operator(self, operator) -> None:
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        kind = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        inputs = [int(i) for i in operator.InputsAsNumpy()]
        output = int(operator.OutputsAsNumpy()[0])
        if kind == "DEQUANTIZE":
            self.constants[output] = self.constants[inputs[0]].astype(np.float32)
            return
        name = f"t{output}"
        come = [self.names.get(i, "") for i in inputs]
        match kind:
            case "CONV_2D" | "DEPTHWISE_CONV_2D":
                self.convolution(operator, kind, inputs, output, name)
            case "RELU":
                self.add("Relu", come, name)
            case "PRELU":
                slopes = self.constant(f"{name}.slopes", self.constants[inputs[1]].reshape(-1, 1, 1))
                self.add("PRelu", [come[0], slopes], name)
            case "ADD":
                self.add("Add", come, name)
            case "MAX_POOL_2D":
                self.add("MaxPool", come, name, kernel_shape=[2, 2], strides=[2, 2])
            case "PAD":
                pads = self.constants[inputs[1]].reshape(4, 2)[[0, 3, 1, 2]].T.reshape(-1).astype(np.int64)
                self.add("Pad", [come[0], self.constant(f"{name}.pads", pads)], name)
            case "RESHAPE":
                self.add("Transpose", [come[0]], f"{name}.pixels", perm=[0, 2, 3, 1])
                shape = self.constant(f"{name}.shape", np.array(self.shape(output), np.int64))
                self.add("Reshape", [f"{name}.pixels", shape], name)
            case "CONCATENATION":
                self.add("Concat", come, name, axis=1)
            case other:
                raise SystemExit(f"no converter for {other}")
        self.names[output] = name

    def convolution(self, operator, kind: str, inputs: list[int], output: int, name: str) -> None:
        options = (tflite.Conv2DOptions if kind == "CONV_2D" else tflite.DepthwiseConv2DOptions)()
        table = operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        order = (0, 3, 1, 2) if kind == "CONV_2D" else (3, 0, 1, 2)
        weights = self.constants[inputs[1]].transpose(order)
        kernel, stride = weights.shape[2], options.StrideH()
        is_same = options.Padding() == 0
        before_side, after_side = self.shape(inputs[0])[1], self.shape(output)[1]
        total = max((after_side - 1) * stride + kernel - before_side, 0) if is_same else 0
        low, high = total // 2, total - total // 2
        given = [self.names[inputs[0]], self.constant(f"{name}.weights", weights)]
        given.append(self.constant(f"{name}.bias", self.constants[inputs[2]]))
        groups = 1 if kind == "CONV_2D" else weights.shape[0]
        window = {"kernel_shape": [kernel, kernel], "strides": [stride, stride]}
        self.add("Conv", given, name, pads=[low, low, high, high], group=groups, **window)


if __name__ == "__main__":
    source, target = sys.argv[1:]
    onnx.save(Converter(open(source, "rb").read()).convert(), target)
