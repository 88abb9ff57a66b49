import Kernels
import Specs

/// Consecutive layers of a network that are computed together, and all that they keep for it.
///
/// A network is its stages in order: the first reads the images, each other what the one before gives, and the last
/// gives the logits. A training step calls
///
/// 1. `begin` and `forward` of each stage, first to last;
/// 2. the loss, which writes the gradient by the last stage's outputs;
/// 3. `backward` and `end` of each stage, last to first;
/// 4. `adam`, or else `forEachTile`, for each block of parameters, and `stepped`.
///
/// In `forward` and `backward` rows don't depend on each other: workers take some rows each, and through the last stage
/// and the loss there and back, so that they stay in their caches. What needs all rows at once, or is divided in
/// another way, is in `begin` and `end`. Each call is for many rows or a whole block of parameters: what the call itself
/// costs doesn't count.
protocol Stage: AnyObject {
    // MARK: Shapes

    /// Its layers, in order. From one row of its outputs to the next there are at most
    /// `UnitBlocks.stride(units: layers.last.output.count)` floats.
    var layers: [LayerFacts] { get }

    // MARK: Variables

    /// What training changes, in Keras's order, and where it lies in the network's flat array.
    var variables: [Variable] { get }
    /// The same parameters, divided into the grains of an update.
    var blocks: [ParameterBlock] { get }
    /// What the stage keeps beside them and inference reads, in Keras's order.
    var kept: [KeptTensor] { get }
    /// Draws the parameters. `isCancelled` is asked before each layer.
    func initialize(
        _ parameters: UnsafeMutablePointer<Float>, _ training: TrainingConfiguration, isCancelled: () -> Bool)
    /// Changes a layer's dropout from the next step on; of no effect where the layer is none of the stage's.
    func setDropout(_ rate: Float, layer: Int)

    // MARK: A training step

    /// What the stage gives for the step's rows; the logits, of the last.
    var outputs: Matrix { get }
    /// Where the next stage, or the loss, writes the gradient by `outputs`.
    var outputGradient: Matrix { get }
    /// Makes room for the rows, and does the part of the forward pass that needs all of them.
    func begin(_ pass: StepPass, _ input: StageInput)
    /// Roughly the processor cycles of `forward` and `backward` for so many rows.
    func rowCost(_ rows: Int) -> Int
    /// The rest of the forward pass, for some rows.
    func forward(_ pass: StepPass, rows: Range<Int>, worker: Int)
    /// Back from `outputGradient`, for some rows.
    ///
    /// - Parameter inputGradient: where the gradient by the stage's inputs goes, here or in `end`; nil where nobody asks
    ///   for it.
    func backward(_ pass: StepPass, rows: Range<Int>, worker: Int, inputGradient: Matrix?)
    /// The part of the backward pass that needs all rows.
    func end(_ pass: StepPass, inputGradient: Matrix?)

    /// Forms a block's gradient tile by tile: `body` gets the tile's place among the parameters, its gradient, and
    /// whether it is of a kernel.
    func forEachTile(
        of block: Int, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void)
    /// Adam's step on a block without forming its gradient first; false where there is no such way.
    func adam(_ step: FusedAdam, of block: Int, _ pass: StepPass, worker: Int) -> Bool
    /// Says that moments may have changed otherwise than by `adam`.
    func momentsChanged()
    /// The step is made: takes its batch into what is kept.
    func stepped()
    /// The first of its layers whose outputs of the last step, of so many rows, are not all finite.
    func nonFiniteOutput(rows: Int) -> (layer: Int, value: Float)?

    // MARK: Inference

    /// Takes the parameters and what is kept as they are now.
    func prepareInference(_ parameters: UnsafePointer<Float>)
    /// Passes rows forward without noise and dropout; any number of workers at once, each with matrices of its own.
    ///
    /// - Parameter observe: is given each layer's outputs (rows, its stride).
    /// - Returns: the last layer's outputs, one of `matrices`.
    func infer(
        _ input: LayerInput, rows: Int, parameters: UnsafePointer<Float>, into matrices: inout MatrixPair,
        observe: (_ layer: LayerFacts, _ outputs: Matrix) -> Void
    ) -> Matrix
    /// Passes rows forward as `infer` does, and keeps what the way back to the inputs needs.
    func trace(_ input: Matrix, rows: Int, parameters: UnsafeMutablePointer<Float>) -> any StageTrace
}

/// What a stage without parameters need not say.
extension Stage {
    var variables: [Variable] { [] }
    var blocks: [ParameterBlock] { [] }
    var kept: [KeptTensor] { [] }
    func initialize(
        _ parameters: UnsafeMutablePointer<Float>, _ training: TrainingConfiguration, isCancelled: () -> Bool
    ) {}
    func setDropout(_ rate: Float, layer: Int) {}
    func end(_ pass: StepPass, inputGradient: Matrix?) {}
    func forEachTile(
        of block: Int, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void
    ) {}
    func adam(_ step: FusedAdam, of block: Int, _ pass: StepPass, worker: Int) -> Bool { false }
    func momentsChanged() {}
    func stepped() {}
    func nonFiniteOutput(rows: Int) -> (layer: Int, value: Float)? { nil }
    func prepareInference(_ parameters: UnsafePointer<Float>) {}
}
