using System.Numerics.Tensors;

namespace CityTwin.Ml.Classification.Training;

/// <summary>Limited-memory BFGS with a backtracking line search (Nocedal and Wright, Numerical Optimization, §7.2).</summary>
internal sealed class Lbfgs
{
    private const int Memory = 8;
    private const int Patience = 5;
    private const double SufficientDecrease = 1e-4;
    private readonly SoftmaxObjective objective;
    private readonly float[] gradient, trial, trialGradient, direction;
    private readonly Queue<(float[] Step, float[] Change, double Rho)> history = new();
    private readonly double[] alphas = new double[Memory];

    /// <summary>Prepares for an objective, starting from weights of zero.</summary>
    internal Lbfgs(SoftmaxObjective objective)
    {
        this.objective = objective;
        Weights = new float[objective.WeightCount];
        gradient = new float[Weights.Length];
        trial = new float[Weights.Length];
        trialGradient = new float[Weights.Length];
        direction = new float[Weights.Length];
    }

    /// <summary>The weights reached so far.</summary>
    internal float[] Weights { get; private set; }

    /// <summary>Goes on from the weights reached, at most <paramref name="iterationsMax"/> steps or until the loss falls by less
    /// than <paramref name="tolerance"/> of itself over <see cref="Patience"/> steps.</summary>
    /// <remarks>A single short step says little: stopping on it would leave weights as free or as tied as chance had it.</remarks>
    internal double Minimise(int iterationsMax, double tolerance)
    {
        history.Clear();
        double loss = objective.Evaluate(Weights, gradient);
        double before = loss;
        for (int i = 0; i < iterationsMax; i++)
        {
            double slope = Direct();
            if (slope >= 0)
            {
                history.Clear();
                slope = Direct();
            }
            double reached = Search(loss, slope);
            if (double.IsNaN(reached))
            {
                return loss;
            }
            Remember();
            loss = reached;
            if (i % Patience == Patience - 1)
            {
                if (before - loss < tolerance * loss)
                {
                    break;
                }
                before = loss;
            }
        }
        return loss;
    }

    private double Direct()
    {
        TensorPrimitives.Negate(gradient, direction);
        (float[] Step, float[] Change, double Rho)[] pairs = [.. history];
        for (int i = pairs.Length - 1; i >= 0; i--)
        {
            alphas[i] = pairs[i].Rho * TensorPrimitives.Dot<float>(pairs[i].Step, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Change, (float)-alphas[i], direction, direction);
        }
        if (pairs is [.., var last])
        {
            double gamma = 1 / (last.Rho * TensorPrimitives.SumOfSquares<float>(last.Change));
            TensorPrimitives.Multiply(direction, (float)gamma, direction);
        }
        for (int i = 0; i < pairs.Length; i++)
        {
            double beta = pairs[i].Rho * TensorPrimitives.Dot<float>(pairs[i].Change, direction);
            TensorPrimitives.MultiplyAdd(pairs[i].Step, (float)(alphas[i] - beta), direction, direction);
        }
        return TensorPrimitives.Dot<float>(direction, gradient);
    }

    private double Search(double loss, double slope)
    {
        double step = history.Count > 0 ? 1 : 1 / Math.Max(1e-12, TensorPrimitives.Norm<float>(gradient));
        for (int tries = 0; tries < 25; tries++, step *= 0.5)
        {
            TensorPrimitives.MultiplyAdd(direction, (float)step, Weights, trial);
            double reached = objective.Evaluate(trial, trialGradient);
            if (reached <= loss + (SufficientDecrease * step * slope))
            {
                return reached;
            }
        }
        return double.NaN;
    }

    private void Remember()
    {
        (float[] step, float[] change) = history.Count == Memory
            ? (history.Peek().Step, history.Dequeue().Change)
            : (new float[Weights.Length], new float[Weights.Length]);
        TensorPrimitives.Subtract(trial, Weights, step);
        TensorPrimitives.Subtract(trialGradient, gradient, change);
        double curvature = TensorPrimitives.Dot<float>(step, change);
        if (curvature > 1e-12)
        {
            history.Enqueue((step, change, 1 / curvature));
        }
        trial.CopyTo(Weights, 0);
        trialGradient.CopyTo(gradient, 0);
    }
}
