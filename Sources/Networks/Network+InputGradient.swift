import Kernels
import Specs

extension Network {
    /// The gradients of some classes' logits by the inputs, as at inference: without noise and dropout, and with batch
    /// normalization by its moving statistics.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - classes: the classes whose logits are asked for.
    /// - Returns: for each of `classes` a matrix (rows, inputs), row-major.
    package func logitGradients(_ batch: ImageBatch, classes: [Int]) -> [[Float]] {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        precondition(classes.allSatisfy { (0..<spec.network.classes).contains($0) }, "classes of the network")
        let inputs = AlignedBuffer<Float>(count: batch.count * batch.width)
        Elementwise.gather(0..<batch.count, of: batch, transform: transform, into: inputs.pointer)
        for stage in stages { stage.prepareInference(parameters.pointer) }
        return withExtendedLifetime(inputs) {
            Denormals.flushed {
                let traces = traces(Matrix(values: inputs.pointer, stride: batch.width), rows: batch.count)
                return classes.map { gradient(traces, ofClass: $0, rows: batch.count) }
            }
        }
    }

    /// One pass through all stages.
    private func traces(_ input: Matrix, rows: Int) -> [any StageTrace] {
        var input = input
        return stages.map { stage in
            let trace = stage.trace(input, rows: rows, parameters: parameters.pointer)
            input = Matrix(values: trace.outputs.pointer, stride: trace.outputs.stride)
            return trace
        }
    }

    private func gradient(_ traces: [any StageTrace], ofClass label: Int, rows: Int) -> [Float] {
        let stride = traces[traces.count - 1].outputs.stride
        var gradient = HeldMatrix(rows: rows, stride: stride)
        for row in 0..<rows { gradient.pointer[row * stride + label] = 1 }
        for trace in traces.reversed() { gradient = trace.inputGradient(of: gradient) }
        return (0..<rows).flatMap { row in
            UnsafeBufferPointer(start: gradient.pointer + row * gradient.stride, count: spec.network.inputs)
        }
    }
}
