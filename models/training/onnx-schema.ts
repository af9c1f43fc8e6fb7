/** The part of the ONNX format that the mixture needs: message and field names and numbers as in onnx.proto. */
import protobuf from 'protobufjs';

const SCHEMA = `
syntax = "proto3";
message StringStringEntryProto { string key = 1; string value = 2; }
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message AttributeProto { string name = 1; int64 i = 3; int32 type = 20; }
message NodeProto {
  repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
message TensorShapeProto { repeated Dimension dim = 1; }
message TensorTypeProto { int32 elem_type = 1; TensorShapeProto shape = 2; }
message TypeProto { TensorTypeProto tensor_type = 1; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message GraphProto {
  repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
}
message ModelProto {
  int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8; repeated StringStringEntryProto metadata_props = 14;
}`;

const root = protobuf.parse(SCHEMA, { keepCase: true }).root;

// TensorProto.DataType and AttributeProto.AttributeType.
export const FLOAT = 1;
export const INT64 = 7;
const INT_ATTRIBUTE = 2;

export interface Tensor {
  name: string;
  dims: number[];
  data_type: number;
  raw_data: Uint8Array;
}

export function floatTensor(name: string, dims: number[], values: readonly number[]): Tensor {
  return {
    name,
    dims,
    data_type: FLOAT,
    raw_data: littleEndian(values, 4, (view, at, v) => {
      view.setFloat32(at, v, true);
    }),
  };
}

export function int64Tensor(name: string, values: readonly number[]): Tensor {
  const write = (view: DataView, at: number, v: number): void => {
    view.setBigInt64(at, BigInt(v), true);
  };
  return { name, dims: [values.length], data_type: INT64, raw_data: littleEndian(values, 8, write) };
}

export interface Node {
  op_type: string;
  input: string[];
  output: string[];
  attribute?: { name: string; i: number; type: number }[];
}

/** One operator; `attributes` are whole numbers. */
export function node(
  operator: string,
  input: string[],
  output: string[],
  attributes: Record<string, number> = {},
): Node {
  const attribute = Object.entries(attributes).map(([name, i]) => ({ name, i, type: INT_ATTRIBUTE }));
  return { op_type: operator, input, output, attribute };
}

/** A named input or output; a dimension is a size, or a name for one that is only known when it runs. */
export function value(name: string, elementType: number, shape: readonly (number | string)[]): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: elementType, shape: { dim } } } };
}

export interface Graph {
  name: string;
  node: Node[];
  initializer: Tensor[];
  input: object[];
  output: object[];
}

/** The same model gives the same bytes: protobuf writes fields in the order of their numbers. */
export function encodeModel(model: {
  ir_version: number;
  producer_name: string;
  opset: number;
  graph: Graph;
  metadata: Readonly<Record<string, string>>;
}): Uint8Array {
  const { opset, metadata, ...rest } = model;
  const bytes = root
    .lookupType('ModelProto')
    .encode({
      ...rest,
      opset_import: [{ domain: '', version: opset }],
      metadata_props: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
    })
    .finish();
  // In Node it is a Buffer, whose slices share its memory: not what a Uint8Array promises.
  return Uint8Array.from(bytes);
}

function littleEndian(
  values: readonly number[],
  bytesEach: number,
  write: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesEach);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    write(view, i * bytesEach, value);
  });
  return bytes;
}
