import Kernels

extension DenseStack {
    // MARK: - All later layers for some rows

    func backward(_ pass: StepPass, rows: Range<Int>, worker: Int, inputGradient: Matrix?) {
        let last = shapes[shapes.count - 1]
        if last.isHidden { deactivate(last, last.activationSlice(rows: rows), pass) }
        let tail = places.step.pointee.tail
        for position in stride(from: shapes.count - 1, through: max(tail, 1), by: -1) {
            let (shape, before) = (shapes[position], shapes[position - 1])
            backwardInput(of: shape, pass, rows: rows, columns: 0..<before.units.units, into: gradient(of: before))
            deactivate(before, before.activationSlice(rows: rows), pass)
        }
        if tail == 0, let inputGradient { backwardToInput(pass, rows: rows, into: inputGradient) }
    }

    // MARK: - All rows

    func end(_ pass: StepPass, inputGradient: Matrix?) {
        let tail = places.step.pointee.tail
        guard tail > 0 else { return }
        denormalize(shapes[tail - 1], pass)
        for shape in shapes[..<tail].dropFirst().reversed() { backwardLayer(shape, pass) }
        guard let inputGradient else { return }
        let cost = PhaseCost.products(pass.rows * shapes[0].inputs * shapes[0].units.stride)
        pass.pool.forEachPart(ofRows: pass.rows, cost: cost) { part, _ in
            backwardToInput(pass, rows: part, into: inputGradient)
        }
    }

    /// From the gradient by a layer's products to that by the products of the layer before it. The work is divided by
    /// blocks of that layer's units, or by rows where its activation needs whole rows.
    private func backwardLayer(_ shape: DenseShape, _ pass: StepPass) {
        let before = shapes[shape.position - 1]
        let rows = pass.rows
        let needsWholeRows = before.activation.needsWholeRows
        let cost = PhaseCost.products(rows * shape.inputs * shape.units.stride)
        forEachBlock(of: before, pass, cost: cost) { block, _ in
            let columns = block.start..<(block.start + block.width)
            backwardInput(
                of: shape, pass, rows: 0..<rows, columns: columns.clamped(to: 0..<before.units.units),
                into: gradient(of: before))
            guard !needsWholeRows else { return }
            deactivate(before, before.slice(block, rows: 0..<rows), pass)
            denormalize(before, block, pass)
        }
        guard needsWholeRows else { return }
        pass.pool.forEachPart(ofRows: rows, cost: PhaseCost.elementwise(rows * before.units.stride)) { part, _ in
            deactivate(before, before.activationSlice(rows: part), pass)
        }
        denormalize(before, pass)
    }

    // MARK: - Steps of a layer

    /// The gradient by a layer's products; before, by its activation's input and by its outputs, all in one place.
    private func gradient(of shape: DenseShape) -> Matrix {
        Matrix(values: places.layers[shape.position].d, stride: shape.units.stride)
    }

    /// The gradient by the stack's inputs.
    private func backwardToInput(_ pass: StepPass, rows: Range<Int>, into gradient: Matrix) {
        backwardInput(of: shapes[0], pass, rows: rows, columns: 0..<shapes[0].inputs, into: gradient)
    }

    /// The gradient by some of a layer's inputs.
    private func backwardInput(
        of shape: DenseShape, _ pass: StepPass, rows: Range<Int>, columns: Range<Int>, into gradient: Matrix
    ) {
        shape.backwardInput(
            rows: rows, columns: columns, d: places.layers[shape.position].d, parameters: pass.parameters,
            into: gradient.values, stride: gradient.stride)
    }

    /// Turns the gradient by a hidden layer's output into that by its activation's input, in place.
    private func deactivate(_ shape: DenseShape, _ slice: Slice, _ pass: StepPass) {
        let values = places.layers[shape.position]
        if values.dropout > 0 {
            Elementwise.dropout(
                slice, rate: values.dropout, key: pass.keys.dropout(layer: shape.index), values.d, into: values.d)
        }
        // It is the outputs themselves where the activation's slope can be had from them.
        shape.activation.backward(slice, values.activationInput, values.d)
    }

    /// Turns the gradient by the activation's input into that by the products, and finds those by γ and β, where there
    /// is batch normalization. A block's columns are summed by one worker.
    private func denormalize(_ shape: DenseShape, _ pass: StepPass) {
        guard shape.isNormalized else { return }
        let cost = PhaseCost.elementwise(pass.rows * shape.units.stride)
        forEachBlock(of: shape, pass, cost: cost) { block, _ in denormalize(shape, block, pass) }
    }

    private func denormalize(_ shape: DenseShape, _ block: UnitBlocks.Block, _ pass: StepPass) {
        let values = buffers.layers[shape.position]
        guard let normalization = values.normalization else { return }
        BatchNormalization.backward(
            shape.slice(block, rows: 0..<pass.rows), gamma: pass.parameters + shape.gammaOffset(block),
            normalized: normalization.x.pointer, normalization.statistics(block), values.d.pointer,
            gammaGradient: normalization.gammaGradient.pointer + block.start,
            betaGradient: normalization.betaGradient.pointer + block.start)
    }
}
