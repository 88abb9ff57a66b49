import Kernels

/// A pass forward at inference that kept what the way back to its inputs needs.
protocol StageTrace {
    /// What the last layer gives, one row for each of the batch.
    var outputs: HeldMatrix { get }
    /// The gradient by the stage's inputs.
    ///
    /// - Parameter outputGradient: the gradient by `outputs`, of the same shape.
    func inputGradient(of outputGradient: HeldMatrix) -> HeldMatrix
}

/// Rows of floats with the memory that they lie in, zero at first.
struct HeldMatrix {
    let values: AlignedBuffer<Float>
    /// Floats from one row to the next.
    let stride: Int

    init(rows: Int, stride: Int) {
        values = AlignedBuffer(count: rows * stride)
        self.stride = stride
    }

    var pointer: UnsafeMutablePointer<Float> { values.pointer }
}

/// Dense layers one behind the other, as inference passes through them. Each layer keeps the inputs of its activation and
/// its outputs (rows, units' stride).
struct DenseTrace: StageTrace {
    private let stack: DenseStack
    private let rows: Int
    private let parameters: UnsafeMutablePointer<Float>
    private var activationInputs: [HeldMatrix] = []
    private var layerOutputs: [HeldMatrix] = []

    /// - Parameter input: (rows, its stride).
    init(_ stack: DenseStack, _ input: Matrix, rows: Int, parameters: UnsafeMutablePointer<Float>) {
        (self.stack, self.rows, self.parameters) = (stack, rows, parameters)
        var input = LayerInput.matrix(input.values, stride: input.stride)
        for shape in stack.shapes {
            let before = HeldMatrix(rows: rows, stride: shape.units.stride)
            let behind = HeldMatrix(rows: rows, stride: shape.units.stride)
            let pass = DensePass(
                input, parameters: parameters, normalization: stack.scales.normalization(of: shape.position),
                before: before.pointer, behind: behind.pointer)
            shape.forward(pass, rows: 0..<rows)
            activationInputs.append(before)
            layerOutputs.append(behind)
            input = .matrix(behind.pointer, stride: behind.stride)
        }
    }

    var outputs: HeldMatrix { layerOutputs[layerOutputs.count - 1] }

    func inputGradient(of outputGradient: HeldMatrix) -> HeldMatrix {
        var d = HeldMatrix(rows: rows, stride: outputGradient.stride)
        d.values.copy(from: outputGradient.values)
        for shape in stack.shapes.reversed() {
            if shape.isHidden {
                let saved = shape.activation.needsInput ? activationInputs : layerOutputs
                shape.activation.backward(
                    shape.activationSlice(rows: 0..<rows), saved[shape.position].pointer, d.pointer)
            }
            if case .moving(let scale, _) = stack.scales.normalization(of: shape.position) {
                for row in 0..<rows {
                    for unit in 0..<shape.units.units { d.pointer[row * d.stride + unit] *= scale[unit] }
                }
            }
            let below = HeldMatrix(rows: rows, stride: UnitBlocks.stride(units: shape.inputs))
            shape.backwardInput(
                rows: 0..<rows, columns: 0..<shape.inputs, d: d.pointer, parameters: parameters, into: below.pointer,
                stride: below.stride)
            d = below
        }
        return d
    }
}
