import Kernels
import Specs

/// What workers look up in a step, at fixed addresses.
///
/// A look-up through objects and arrays would count references, and check for exclusive access. With small batches a step
/// takes 30 µs, and two processors that count at one address cost some hundred nanoseconds each time.
struct StackPlaces {
    /// One for each layer.
    let layers: UnsafeMutableBufferPointer<LayerPlaces>
    /// One for each worker.
    let workers: UnsafeMutableBufferPointer<WorkerPlaces>
    let step: UnsafeMutablePointer<DenseStep>

    init(_ buffers: DenseBuffers, _ layers: [LayerFacts]) {
        self.layers = .allocate(capacity: buffers.layers.count)
        workers = .allocate(capacity: buffers.tiles.count)
        step = .allocate(capacity: 1)
        step.initialize(to: DenseStep())
        for (position, values) in buffers.layers.enumerated() {
            self.layers.initializeElement(
                at: position,
                to: LayerPlaces(values, noise: layers[position].noise, dropout: layers[position].dropout))
        }
        for worker in workers.indices { workers.initializeElement(at: worker, to: WorkerPlaces(buffers, worker)) }
    }

    /// Takes other buffers of the same layers.
    func take(_ buffers: DenseBuffers) {
        for (position, values) in buffers.layers.enumerated() {
            layers[position] = LayerPlaces(
                values, noise: layers[position].noise, dropout: layers[position].dropout)
        }
        for worker in workers.indices { workers[worker] = WorkerPlaces(buffers, worker) }
    }

    func deallocate() {
        layers.deallocate()
        workers.deallocate()
        step.deallocate()
    }
}

/// The values of one layer for a batch, all (rows, units' stride): see `LayerBuffers`.
struct LayerPlaces {
    let y: UnsafeMutablePointer<Float>
    let d: UnsafeMutablePointer<Float>
    /// Where the products write.
    let products: UnsafeMutablePointer<Float>
    /// What the activation reads.
    let activationInput: UnsafeMutablePointer<Float>
    /// Activations after noise and dropout; nil before a layer first has either.
    let masked: UnsafeMutablePointer<Float>?
    /// The standard deviation of the noise; 0 for none.
    let noise: Float
    /// The share of the units that are dropped; 0 for none.
    var dropout: Float

    init(_ values: LayerBuffers, noise: Float, dropout: Float) {
        (y, d) = (values.y.pointer, values.d.pointer)
        (products, activationInput) = (values.products, values.activationInput)
        masked = values.masked?.pointer
        (self.noise, self.dropout) = (noise, dropout)
    }

    /// Whether the layer has noise or dropout.
    var isMasked: Bool { dropout > 0 || noise > 0 }
    /// What the next layer reads.
    var outputs: UnsafeMutablePointer<Float> { isMasked ? masked ?? y : y }
}

/// What one worker has for itself.
struct WorkerPlaces {
    /// Room for the gradient of a tile.
    let tile: UnsafeMutablePointer<Float>
    /// Its copy of the images' bytes; nil where the stack does not read images, or not as bytes. The buffers hold it.
    let sparse: Unmanaged<SparseInput>?

    init(_ buffers: DenseBuffers, _ worker: Int) {
        tile = buffers.tiles[worker].pointer
        let copies = buffers.images?.sparse ?? []
        sparse = copies.isEmpty ? nil : Unmanaged.passUnretained(copies[worker])
    }
}

/// What the first layer reads in a training step.
enum StepInput {
    /// Packed bytes: one copy for all workers, or one for each.
    case sparse(isShared: Bool)
    /// All inputs as floats.
    case matrix(Matrix)
}

/// The step under way.
struct DenseStep {
    /// What the first layer reads.
    var input = StepInput.sparse(isShared: false)
    /// The first layer that is divided by rows; the number of layers where none is.
    var tail = 0
}

extension LayerFacts {
    /// The standard deviation of its noise; 0 without.
    fileprivate var noise: Float {
        for case .noise(let deviation) in parts { return Float(deviation) }
        return 0
    }

    /// Its dropout rate; 0 without.
    fileprivate var dropout: Float {
        for case .dropout(let rate) in parts { return Float(rate) }
        return 0
    }
}
