import Kernels
import Specs

extension DenseStack {
    func prepareInference(_ parameters: UnsafePointer<Float>) {
        Denormals.flushed {
            for moving in statistics.layers {
                scales.fold(shapes[moving.position], moving, parameters: parameters)
            }
        }
    }

    func infer(
        _ input: LayerInput, rows: Int, parameters: UnsafePointer<Float>, into matrices: inout MatrixPair,
        observe: (_ layer: LayerFacts, _ outputs: Matrix) -> Void
    ) -> Matrix {
        func run(_ shape: DenseShape, _ input: LayerInput) -> Matrix {
            let out = matrices.take()
            let normalization = scales.normalization(of: shape.position)
            let layer = DensePass(input, parameters: parameters, normalization: normalization, inPlace: out)
            shape.forward(layer, rows: 0..<rows)
            let outputs = Matrix(values: out, stride: shape.units.stride)
            observe(layers[shape.position], outputs)
            return outputs
        }
        return shapes.dropFirst().reduce(run(shapes[0], input)) { before, shape in
            run(shape, .matrix(before.values, stride: before.stride))
        }
    }

    func trace(_ input: Matrix, rows: Int, parameters: UnsafeMutablePointer<Float>) -> any StageTrace {
        DenseTrace(self, input, rows: rows, parameters: parameters)
    }
}
