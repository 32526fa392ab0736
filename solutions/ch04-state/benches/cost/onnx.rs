//! Writes the one model that the bench needs: protobuf fields as `onnx.proto` numbers them.

/// A protobuf message in the making.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn int(mut self, field: u64, value: u64) -> Message {
        self.varint(field << 3);
        self.varint(value);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Message {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    fn with(self, field: u64, message: Message) -> Message {
        self.bytes(field, &message.0)
    }
}

const FLOAT: u64 = 1;

/// `layers` times a matrix product and a ReLU, from `x` to `y`, both of shape `[rows, width]`.
pub fn perceptron(layers: usize, rows: u64, width: u64) -> Vec<u8> {
    let mut graph = Message::default();
    for layer in 0..layers {
        let (input, output) = match layer {
            0 => ("x".to_owned(), "h1".to_owned()),
            last if last + 1 == layers => (format!("h{last}"), "y".to_owned()),
            inner => (format!("h{inner}"), format!("h{}", inner + 1)),
        };
        let (weights, product) = (format!("w{layer}"), format!("p{layer}"));
        graph = graph
            .with(1, node("MatMul", &[&input, &weights], &product))
            .with(1, node("Relu", &[&product], &output));
    }
    graph = graph.bytes(2, b"perceptron");
    let row: Vec<u8> = (0..width * width)
        .map(|index| ((index * 7919 % 200) as f32 - 90.0) / (100.0 * width as f32))
        .flat_map(f32::to_le_bytes)
        .collect();
    for layer in 0..layers {
        let weights = Message::default()
            .int(1, width)
            .int(1, width)
            .int(2, FLOAT)
            .bytes(8, format!("w{layer}").as_bytes())
            .bytes(9, &row);
        graph = graph.with(5, weights);
    }
    graph = graph
        .with(11, tensor("x", [rows, width]))
        .with(12, tensor("y", [rows, width]));
    let opset = Message::default().bytes(1, b"").int(2, 17);
    Message::default().int(1, 8).with(7, graph).with(8, opset).0
}

fn node(operator: &str, inputs: &[&str], output: &str) -> Message {
    let inputs = inputs.iter().fold(Message::default(), |node, input| {
        node.bytes(1, input.as_bytes())
    });
    inputs
        .bytes(2, output.as_bytes())
        .bytes(4, operator.as_bytes())
}

fn tensor(name: &str, shape: [u64; 2]) -> Message {
    let dimensions = shape.map(|length| Message::default().int(1, length));
    let shape = dimensions
        .into_iter()
        .fold(Message::default(), |shape, dimension| {
            shape.with(1, dimension)
        });
    let tensor = Message::default().int(1, FLOAT).with(2, shape);
    let kind = Message::default().with(1, tensor);
    Message::default().bytes(1, name.as_bytes()).with(2, kind)
}
