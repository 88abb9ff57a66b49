import Networks
import NumPyFiles
import Specs

/// Weights of files, and as a network's.
extension SavedModel {
    /// Reads weights that have no `spec.txt`.
    ///
    /// - Parameter given: a spec; a missing input or output follows from the first or the last array.
    static func weights(
        _ path: String, isFolder: Bool, given: String
    ) throws(ModelError) -> (spec: ExperimentSpec, tensors: [Tensor]) {
        let found = try read(path, isFolder: isFolder, most: ReadLimits.usual.fileBytes)
        // Only kernels have two axes.
        let kernels = found.sorted { number(of: $0) < number(of: $1) }.compactMap { KernelShape($0.shape) }
        if let kernel = transposed(found) {
            throw .tensor(
                path: path, .shape(name: kernel.name, expected: kernel.shape.reversed(), found: kernel.shape))
        }
        guard let network = NetworkSpec.ends(of: kernels) else { throw .tensor(path: path, .missing(name: "0.kernel")) }
        let spec = try spec(of: given, network)
        return (spec, try checked(found, path: path, spec.network))
    }

    /// The first kernel with a row for each unit, as PyTorch has it, recognized by the next vector: a bias has a value
    /// for each unit. A square one can't be recognized.
    private static func transposed(_ found: [Tensor]) -> Tensor? {
        let sorted = found.sorted { (number(of: $0), $1.shape.count) < (number(of: $1), $0.shape.count) }
        return zip(sorted, sorted.dropFirst()).first { tensor, bias in
            guard let kernel = KernelShape(tensor.shape), bias.shape.count == 1 else { return false }
            return kernel.inputs != kernel.units && bias.shape == [kernel.inputs]
        }?.0
    }

    /// A spec of the command line, with the input and the output of `network`.
    static func spec(of line: String, _ network: NetworkSpec) throws(ModelError) -> ExperimentSpec {
        do throws(SpecError) {
            let spec = try ExperimentSpec(parsing: line, inputs: network.inputs, classes: network.classes)
            try spec.refuseTooLarge()
            return spec
        } catch {
            throw .spec(path: "--spec", error)
        }
    }

    static func read(_ path: String, isFolder: Bool, most: Int) throws(ModelError) -> [Tensor] {
        let limits = ReadLimits(fileBytes: most, unpackedBytes: most)
        do throws(NumPyError) {
            return isFolder
                ? try WeightFiles.readFolder(path, limits: limits) : try WeightFiles.readArchive(path, limits: limits)
        } catch {
            throw .file(error)
        }
    }

    /// The arrays in the network's order; every value is finite.
    static func checked(
        _ found: [Tensor], path: String, _ network: NetworkSpec
    ) throws(ModelError) -> [Tensor] {
        let named = try named(found, path: path, network)
        let tensors: [Tensor]
        do throws(TensorError) { tensors = try network.ordered(named) } catch { throw .tensor(path: path, error) }
        for tensor in tensors {
            if let place = tensor.values.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(path: path, name: tensor.name, place: place, value: tensor.values[place])
            }
        }
        return tensors
    }

    /// Arrays that `numpy.savez` has numbered, as in `np.savez("w.npz", *model.get_weights())`, under the names of the
    /// network's tensors in that order.
    private static func named(
        _ found: [Tensor], path: String, _ network: NetworkSpec
    ) throws(ModelError) -> [Tensor] {
        let sorted = found.sorted { number(of: $0) < number(of: $1) }
        guard !found.isEmpty, sorted.map(\.name) == found.indices.map({ "arr_\($0)" }) else { return found }
        let names = network.tensorNames
        guard names.count == found.count else {
            throw .unnamed(path: path, expected: names.count, found: found.count)
        }
        return zip(names, sorted).map { Tensor(name: $0, shape: $1.shape, values: $1.values) }
    }

    /// The number in `12.kernel` or `arr_12`.
    private static func number(of tensor: Tensor) -> Int {
        Int(tensor.name.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0
    }
}
