<?xml version="1.0" encoding="UTF-8"?>
<sld:StyledLayerDescriptor xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se" xmlns:sld="http://www.opengis.net/sld" version="1.1.0">
 <sld:NamedLayer>
  <se:Name>zones_road_class</se:Name>
  <sld:UserStyle>
   <se:Name>zones_road_class</se:Name>
   <se:FeatureTypeStyle>
    <se:Rule>
     <se:Name>可能在内</se:Name>
     <se:Description>
      <se:Title>可能在内</se:Title>
     </se:Description>
     <ogc:Filter>
      <ogc:PropertyIsEqualTo>
       <ogc:PropertyName>role</ogc:PropertyName>
       <ogc:Literal>extent</ogc:Literal>
      </ogc:PropertyIsEqualTo>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Fill>
       <se:SvgParameter name="fill">#e2e2e2</se:SvgParameter>
       <se:SvgParameter name="fill-opacity">0.3</se:SvgParameter>
      </se:Fill>
      <se:Stroke>
       <se:SvgParameter name="stroke">#4d4d4d</se:SvgParameter>
       <se:SvgParameter name="stroke-width">0.9</se:SvgParameter>
       <se:SvgParameter name="stroke-linejoin">round</se:SvgParameter>
       <se:SvgParameter name="stroke-dasharray">3 3</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
    </se:Rule>
    <se:Rule>
     <se:Name>确定在内</se:Name>
     <se:Description>
      <se:Title>确定在内</se:Title>
     </se:Description>
     <ogc:Filter>
      <ogc:PropertyIsEqualTo>
       <ogc:PropertyName>role</ogc:PropertyName>
       <ogc:Literal>core</ogc:Literal>
      </ogc:PropertyIsEqualTo>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Fill>
       <se:SvgParameter name="fill">#e2e2e2</se:SvgParameter>
       <se:SvgParameter name="fill-opacity">0.5</se:SvgParameter>
      </se:Fill>
     </se:PolygonSymbolizer>
    </se:Rule>
    <se:Rule>
     <se:Name>界线有明确依据</se:Name>
     <se:Description>
      <se:Title>界线有明确依据</se:Title>
     </se:Description>
     <ogc:Filter>
      <ogc:And>
       <ogc:PropertyIsEqualTo>
        <ogc:PropertyName>role</ogc:PropertyName>
        <ogc:Literal>nominal</ogc:Literal>
       </ogc:PropertyIsEqualTo>
       <ogc:Or>
        <ogc:PropertyIsEqualTo>
         <ogc:PropertyName>basis</ogc:PropertyName>
         <ogc:Literal>documented_boundary</ogc:Literal>
        </ogc:PropertyIsEqualTo>
        <ogc:PropertyIsEqualTo>
         <ogc:PropertyName>basis</ogc:PropertyName>
         <ogc:Literal>administrative</ogc:Literal>
        </ogc:PropertyIsEqualTo>
        <ogc:PropertyIsEqualTo>
         <ogc:PropertyName>basis</ogc:PropertyName>
         <ogc:Literal>circle</ogc:Literal>
        </ogc:PropertyIsEqualTo>
       </ogc:Or>
      </ogc:And>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Stroke>
       <se:SvgParameter name="stroke">#4d4d4d</se:SvgParameter>
       <se:SvgParameter name="stroke-width">1.8</se:SvgParameter>
       <se:SvgParameter name="stroke-linejoin">round</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
    </se:Rule>
    <se:Rule>
     <se:Name>界线由其他区域推得</se:Name>
     <se:Description>
      <se:Title>界线由其他区域推得</se:Title>
     </se:Description>
     <ogc:Filter>
      <ogc:And>
       <ogc:PropertyIsEqualTo>
        <ogc:PropertyName>role</ogc:PropertyName>
        <ogc:Literal>nominal</ogc:Literal>
       </ogc:PropertyIsEqualTo>
       <ogc:PropertyIsEqualTo>
        <ogc:PropertyName>basis</ogc:PropertyName>
        <ogc:Literal>derived</ogc:Literal>
       </ogc:PropertyIsEqualTo>
      </ogc:And>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Stroke>
       <se:SvgParameter name="stroke">#4d4d4d</se:SvgParameter>
       <se:SvgParameter name="stroke-width">1.8</se:SvgParameter>
       <se:SvgParameter name="stroke-linejoin">round</se:SvgParameter>
       <se:SvgParameter name="stroke-dasharray">14.4 8.64</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
    </se:Rule>
    <se:Rule>
     <se:Name>大致范围，界线不确定</se:Name>
     <se:Description>
      <se:Title>大致范围，界线不确定</se:Title>
     </se:Description>
     <ogc:Filter>
      <ogc:And>
       <ogc:PropertyIsEqualTo>
        <ogc:PropertyName>role</ogc:PropertyName>
        <ogc:Literal>nominal</ogc:Literal>
       </ogc:PropertyIsEqualTo>
       <ogc:PropertyIsEqualTo>
        <ogc:PropertyName>basis</ogc:PropertyName>
        <ogc:Literal>approximate</ogc:Literal>
       </ogc:PropertyIsEqualTo>
      </ogc:And>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Stroke>
       <se:SvgParameter name="stroke">#4d4d4d</se:SvgParameter>
       <se:SvgParameter name="stroke-width">1.8</se:SvgParameter>
       <se:SvgParameter name="stroke-linejoin">round</se:SvgParameter>
       <se:SvgParameter name="stroke-dasharray">2.16 6.48</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
    </se:Rule>
    <se:Rule>
     <ogc:Filter>
      <ogc:PropertyIsEqualTo>
       <ogc:PropertyName>role</ogc:PropertyName>
       <ogc:Literal>nominal</ogc:Literal>
      </ogc:PropertyIsEqualTo>
     </ogc:Filter>
     <se:MaxScaleDenominator>400000</se:MaxScaleDenominator>
     <se:TextSymbolizer>
      <se:Label>
       <ogc:PropertyName>name_zh</ogc:PropertyName>
      </se:Label>
      <se:Font>
       <se:SvgParameter name="font-size">12</se:SvgParameter>
      </se:Font>
      <se:Halo>
       <se:Radius>2</se:Radius>
       <se:Fill>
        <se:SvgParameter name="fill">#ffffff</se:SvgParameter>
        <se:SvgParameter name="fill-opacity">0.85</se:SvgParameter>
       </se:Fill>
      </se:Halo>
      <se:Fill>
       <se:SvgParameter name="fill">#22292e</se:SvgParameter>
       <se:SvgParameter name="fill-opacity">1</se:SvgParameter>
      </se:Fill>
     </se:TextSymbolizer>
    </se:Rule>
   </se:FeatureTypeStyle>
  </sld:UserStyle>
 </sld:NamedLayer>
</sld:StyledLayerDescriptor>
