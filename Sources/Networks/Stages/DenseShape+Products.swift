import Kernels

extension DenseShape {
    func slice(_ block: UnitBlocks.Block, rows: Range<Int>) -> Slice {
        Slice(rows: rows, columns: block.start..<(block.start + block.width), stride: units.stride)
    }

    /// What the activation works on for some rows: all columns, the padding too unless a row's values are looked at
    /// together.
    func activationSlice(rows: Range<Int>) -> Slice {
        Slice(
            rows: rows, columns: 0..<(activation.needsWholeRows ? units.units : units.stride), stride: units.stride)
    }

    /// out (rows, block) = input (rows, inputs) · kernel (inputs, block) + bias (block).
    func multiply(
        _ block: UnitBlocks.Block, rows: Range<Int>, input: LayerInput, parameters: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>
    ) {
        let kernel = parameters + kernelOffset(block)
        let bias = parameters + biasOffset(block)
        switch input {
        case .sparse(let input):
            input.forward(
                rows, units: block.width, kernel: kernel, stride: block.width, bias: bias, into: out + block.start,
                outStride: units.stride)
        case .matrix(let x, let xStride):
            MatrixProducts.forward(
                rows: rows.count, inputs: inputs, width: block.width, x + rows.lowerBound * xStride, stride: xStride,
                kernel, start: bias, into: out + slice(block, rows: rows).offset, stride: units.stride)
        }
    }

    /// dInput (rows, columns) = Σ over blocks of d (rows, block) · kernel (columns, block)ᵀ, blocks in order.
    func backwardInput(
        rows: Range<Int>, columns: Range<Int>, d: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
        into dInput: UnsafeMutablePointer<Float>, stride: Int
    ) {
        for block in units.blocks {
            MatrixProducts.multiplyTransposed(
                rows: rows.count, count: columns.count, width: block.width,
                d + rows.lowerBound * units.stride + block.start, stride: units.stride,
                parameters + kernelOffset(block) + columns.lowerBound * block.width, stride: block.width,
                adds: block.start > 0, into: dInput + rows.lowerBound * stride + columns.lowerBound, stride: stride)
        }
    }

    /// gradient (inputs in `range`, block) = input (rows, range)ᵀ · d (rows, block).
    func backwardKernel(
        _ block: UnitBlocks.Block, range: Range<Int>, rows: Int, input: LayerInput, d: UnsafePointer<Float>,
        into gradient: UnsafeMutablePointer<Float>
    ) {
        switch input {
        case .sparse(let input):
            input.gradient(
                pixels: range, units: block.width, d: d + block.start, stride: units.stride, into: gradient,
                outStride: block.width)
        case .matrix(let x, let xStride):
            MatrixProducts.multiply(
                m: range.count, n: block.width, k: rows, x + range.lowerBound, stride: xStride, transposeA: true,
                d + block.start, stride: units.stride, into: gradient, stride: block.width)
        }
    }
}
