Console.Error.WriteLine("usage: ml train|evaluate|predict|explain");
return 2;
