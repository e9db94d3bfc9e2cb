using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Restoring;

namespace CityTwin.Ml.Classification.Model;

/// <summary>The model's storage format: magic, version, length, SHA-256 of the body, and the body, compressed.</summary>
/// <remarks>The body is the card as JSON, three tables (hashes, then rows as 16-bit floats), from version 2 on the phrase networks, and from
/// version 3 on what words without diacritics may have been. Little-endian.</remarks>
internal static class ModelFile
{
    private const uint Magic = 0x4C4D5443; // "CTML"
    private const int Version = 3;
    private const int VersionWithPhrases = 2;
    private const int VersionMin = 1;
    private const int HeaderLength = 4 + 4 + 4 + 32;
    private const int BodyLengthMax = 256 * 1024 * 1024;

    internal static void Write(FeedbackModel model, Stream stream)
    {
        using MemoryStream body = new();
        using (ZLibStream packed = new(body, CompressionLevel.Optimal, leaveOpen: true))
        using (BinaryWriter writer = new(packed))
        {
            byte[] card = JsonSerializer.SerializeToUtf8Bytes(model.Card);
            writer.Write(card.Length);
            writer.Write(card);
            writer.Write(model.Scorer.Stride);
            foreach (RowTable table in (RowTable[])[model.Scorer.Words, model.Scorer.Pairs, model.Scorer.Features])
            {
                writer.Write(table.Hashes.Length);
                writer.Write(MemoryMarshal.AsBytes<ulong>(table.Hashes));
                writer.Write(MemoryMarshal.AsBytes<Half>([.. table.Rows.Select(r => (Half)r)]));
            }
            PhraseForm.Write(writer, model.Scorer.Phrases?.Weights);
            writer.Write(model.Scorer.Restorer is not null);
            model.Scorer.Restorer?.ToTables().Write(writer);
        }
        byte[] bytes = body.ToArray();
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], bytes.Length);
        SHA256.HashData(bytes, header[12..]);
        stream.Write(header);
        stream.Write(bytes);
    }

    internal static FeedbackModel Read(Stream stream)
    {
        byte[] body = ReadChecked(stream, out int version);
        try
        {
            using BinaryReader reader = new(new ZLibStream(new MemoryStream(body), CompressionMode.Decompress));
            ModelCard card = JsonSerializer.Deserialize<ModelCard>(Bytes(reader, reader.ReadInt32()))
                ?? throw new InvalidDataException("The model's card is empty.");
            int stride = reader.ReadInt32();
            RowTable[] tables = [ReadTable(reader, stride), ReadTable(reader, stride), ReadTable(reader, stride)];
            PhraseWeights? weights = version < VersionWithPhrases ? null : PhraseForm.Read(reader);
            PhraseScorer? phrases = weights is null ? null : new(weights, card.Heads.Sum(h => h.Labels.Count), stride);
            Restorer? restorer = version == Version && reader.ReadBoolean() ? Restorer.Of(RestorerTables.Read(reader)) : null;
            return new(card, new(tables[0], tables[1], tables[2], card.Settings, phrases, restorer));
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException)
        {
            throw new InvalidDataException("The model file's body cannot be read.", e);
        }
    }

    private static byte[] ReadChecked(Stream stream, out int version)
    {
        byte[] header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            throw new InvalidDataException("Not a CityTwin model file.");
        }
        version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        if (version is < VersionMin or > Version)
        {
            throw new InvalidDataException($"Model file version {version}; this program reads versions {VersionMin} to {Version}.");
        }
        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        if (length is < 0 or > BodyLengthMax)
        {
            throw new InvalidDataException($"A model body of {length} bytes; at most {BodyLengthMax} are read.");
        }
        byte[] body = new byte[length];
        if (stream.ReadAtLeast(body, length, throwOnEndOfStream: false) < length
            || !SHA256.HashData(body).AsSpan().SequenceEqual(header.AsSpan(12, 32)))
        {
            throw new InvalidDataException("The model file is damaged: its checksum does not match.");
        }
        return body;
    }

    private static RowTable ReadTable(BinaryReader reader, int stride)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > BodyLengthMax / 8 || stride is <= 0 or > 4096)
        {
            throw new InvalidDataException($"A model table of {count} rows of {stride}.");
        }
        ulong[] hashes = MemoryMarshal.Cast<byte, ulong>(Bytes(reader, count * sizeof(ulong))).ToArray();
        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(Bytes(reader, count * stride * 2));
        float[] rows = new float[halves.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(halves, rows);
        return new(hashes, rows, stride);
    }

    private static byte[] Bytes(BinaryReader reader, int count)
    {
        byte[] bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }
}
