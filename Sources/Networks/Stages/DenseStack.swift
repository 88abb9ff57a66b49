import Kernels
import Specs

/// Dense layers one behind the other, with batch normalization, activation, noise and dropout.
///
/// Three hand-overs make a step fast, at each of which the workers wait for each other:
///
/// 1. Each packs the images' bytes for itself and goes on with its blocks of units of the first layer at once.
/// 2. Each takes its rows through all later layers, the loss and back (`forward`, `backward`). Few rows, and layers
///    with batch normalization, which needs all rows, are divided by blocks of units instead (`begin`, `end`).
/// 3. Each forms the gradients of its blocks and updates them.
final class DenseStack: Stage {
    let layers: [LayerFacts]
    let variables: [Variable]
    let blocks: [ParameterBlock]
    let shapes: [DenseShape]
    /// Which columns of which layer each of `blocks` is.
    let grains: [(position: Int, block: Int)]

    let room: StageRoom
    var buffers: DenseBuffers
    let statistics: MovingStatistics
    let scales: NormalizationScales
    /// What the first layer's moments are, where that reads the images.
    let moved: MovedRows?
    /// What the workers look up, of `buffers` and of the step under way.
    let places: StackPlaces

    init(_ layers: [LayerFacts], offset: Int, _ room: StageRoom) {
        self.layers = layers
        self.room = room
        var offset = offset
        let shapes = layers.enumerated().map { position, facts in
            let shape = DenseShape(facts, position: position, offset: offset)
            offset += shape.floats
            return shape
        }
        self.shapes = shapes
        variables = zip(shapes, layers).flatMap { $0.variables($1.vectors.map(\.name)) }
        grains = shapes.flatMap { shape in shape.units.blocks.indices.map { (position: shape.position, block: $0) } }
        blocks = shapes.flatMap { shape in
            shape.units.blocks.map { shape.parameterBlock($0, staysWithWorker: shape.index == 0) }
        }
        buffers = DenseBuffers(shapes, room)
        places = StackPlaces(buffers, layers)
        statistics = MovingStatistics(shapes, layers)
        scales = NormalizationScales(shapes)
        moved = shapes[0].index == 0 ? MovedRows(shapes[0]) : nil
    }

    deinit { places.deallocate() }

    var kept: [KeptTensor] { statistics.tensors }

    func setDropout(_ rate: Float, layer: Int) {
        guard let position = layers.firstIndex(where: { $0.index == layer }) else { return }
        places.layers[position].dropout = rate
    }

    /// One layer at a time, so that at most one kernel is in memory twice.
    func initialize(
        _ parameters: UnsafeMutablePointer<Float>, _ training: TrainingConfiguration, isCancelled: () -> Bool
    ) {
        for shape in shapes {
            guard !isCancelled() else { return }
            let units = shape.units.units
            // Streams from 1000 on belong to the layers, apart from those of shuffling and augmentation.
            var generator = SeededGenerator(seed: training.seed, stream: UInt64(1000 + shape.index))
            let kernel = training.initializer.kernel(
                inputs: shape.inputs, units: units, scaling: training.varianceScaling, using: &generator)
            for block in shape.units.blocks {
                let width = min(block.width, units - block.start)
                for row in 0..<shape.inputs {
                    let target = parameters + shape.kernelOffset(block) + row * block.width
                    for column in 0..<width { target[column] = kernel[row * units + block.start + column] }
                }
                if shape.isNormalized {
                    (parameters + shape.gammaOffset(block)).update(repeating: 1, count: width)
                }
            }
        }
    }

    func stepped() {
        for (position, values) in buffers.layers.enumerated() {
            if let normalization = values.normalization { statistics.update(position, from: normalization) }
        }
    }

    func nonFiniteOutput(rows: Int) -> (layer: Int, value: Float)? {
        for shape in shapes {
            let values = buffers.layers[shape.position].y.pointer
            for row in 0..<rows {
                for unit in 0..<shape.units.units {
                    let value = values[row * shape.units.stride + unit]
                    if !value.isFinite { return (shape.index, value) }
                }
            }
        }
        return nil
    }
}
