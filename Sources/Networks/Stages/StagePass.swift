import Kernels

/// Rows of floats, `stride` apart.
struct Matrix {
    let values: UnsafeMutablePointer<Float>
    let stride: Int
}

/// What a stage reads in a training step.
enum StageInput {
    /// The images, for the first stage.
    case images(ImageBatch)
    /// What the stage before gives.
    case outputs(Matrix)
}

/// One training step, as its stages see it.
struct StepPass {
    /// Rows of the batch.
    let rows: Int
    /// All parameters of the network.
    let parameters: UnsafeMutablePointer<Float>
    let pool: WorkerPool
    let keys: MaskKeys
    let profile: StepProfile?
}

/// The keys of a step's noise and dropout: a function of seed and step alone, so that the number of steps is all of the
/// generator's state.
struct MaskKeys {
    let seed: UInt64
    /// Steps taken before.
    let step: Int

    /// The key of a layer's dropout mask.
    func dropout(layer: Int) -> UInt64 {
        SplitMix64.mix(SplitMix64.mix(seed &+ UInt64(layer)) ^ UInt64(step))
    }

    /// The key of a layer's noise.
    func noise(layer: Int) -> UInt64 { SplitMix64.mix(dropout(layer: layer) ^ 0x4E4F_4953_45) }
}

/// A grain of an update, which one worker makes: some columns of a kernel, and the vectors' values beside them.
struct ParameterBlock {
    /// The network's layer.
    let layer: Int
    /// The kernel's part in the flat array (rows, width).
    let kernel: Range<Int>
    let rows: Int
    let width: Int
    /// Parameters, those of the vectors too.
    let floats: Int
    /// Whether the worker that makes these columns in a forward pass is the one that should update them.
    let staysWithWorker: Bool
}

/// A vector that is state of a stage but no parameter, as Keras names it.
struct KeptTensor {
    /// Such as "0.moving_mean".
    let name: String
    let count: Int
    /// `count` values or more.
    let values: AlignedBuffer<Float>
}

/// Adam's step on all parameters.
struct FusedAdam {
    let step: AdamStep
    /// Learning rate · weight decay.
    let decay: Float
    /// The moments at the first parameter, as long as the parameters.
    let moments: UpdateRule.Moments
    /// Takes the new weights of a range of the parameters into their average; nil where none is kept.
    let average: ((_ range: Range<Int>) -> Void)?
}

/// Two matrices that inference writes in turn, so that a layer never writes what it reads.
struct MatrixPair {
    private var next: UnsafeMutablePointer<Float>
    private var other: UnsafeMutablePointer<Float>

    init(_ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>) {
        (next, other) = (first, second)
    }

    /// The one that was not given last.
    mutating func take() -> UnsafeMutablePointer<Float> {
        swap(&next, &other)
        return other
    }
}

extension WorkerPool {
    /// Divides ranges of rows among the workers, for work in which rows don't depend on each other.
    func forEachPart(ofRows rows: Int, cost: Int, _ body: (_ part: Range<Int>, _ worker: Int) -> Void) {
        let size = rows <= 64 ? 16 : rows <= 128 ? 32 : 64
        let parts = (rows + size - 1) / size
        run(inParallel: PhaseCost.isWorthSharing(cost, grains: parts)) { worker in
            for number in share(of: parts, worker: worker) {
                body((number * size)..<min((number + 1) * size, rows), worker)
            }
        }
    }
}

/// Rough costs in processor cycles: a phase that costs less than `worthSharing` stays on the caller's thread. Which
/// thread works never changes a result, so these need not be exact.
enum PhaseCost {
    static let worthSharing = 16_000

    static func products(_ multiplications: Int) -> Int { multiplications / 10 }
    static func update(parameters: Int) -> Int { 2 * parameters }
    /// A pass over a layer's values.
    static func elementwise(_ values: Int) -> Int { 2 * values }

    /// Whether `grains` pieces of work that cost `cycles` together are worth sharing with the workers.
    static func isWorthSharing(_ cycles: Int, grains: Int) -> Bool { grains > 1 && cycles >= worthSharing }
}
